import { showsItself } from "../display/self.ts";
import { type ReadableBundle, show } from "../display/show.ts";
import { connect, disconnect, idOf, lineOf } from "./front_end.ts";
import { fromWire, type Incoming, toWire } from "./wire.ts";

/** Called with the new value of a key and the one before. */
export type Observer<Value> = (value: Value, previous: Value) => unknown;

/** Called with a message of the widget's own code in the page, and its bytes. */
export type MessageHandler = (content: unknown, buffers: readonly Uint8Array[]) => unknown;

/** A widget of any state: what a box takes. */
export interface SomeWidget {
  readonly id: string;
  close(): void;
  show(): void;
  bundle(): ReadableBundle;
}

/** Changes of one turn travel together; in a loop that never ends its turn they go this often. */
const TOGETHER_MS = 50;

/**
 * One thing that lives in the page and here: what is moved there changes its state here, and the other way round. It shows
 * itself when it is the last expression of a cell. Without a kernel that has comms it is a state that nobody sees.
 *
 * Protocol: Jupyter widgets 2.1.0, as ipywidgets 8 speaks it.
 */
export class Widget<State extends object = Record<string, unknown>> implements SomeWidget {
  readonly #state: State;
  readonly #inWords: (state: State) => string;
  readonly #inHtml: ((state: State) => string) | undefined;
  readonly #observers = new Map<keyof State, Set<Observer<never>>>();
  readonly #handlers = new Set<MessageHandler>();
  #unsent: Partial<State> | undefined;
  #sent = 0;

  static {
    showsItself(Widget.prototype);
  }

  /**
   * @param inWords the widget for readers who have no page: a log, a screen reader, GitHub
   * @param inHtml the widget for pages that show no widgets, where it has such a form
   */
  constructor(state: State, inWords: (state: State) => string, inHtml?: (state: State) => string) {
    this.#state = state;
    this.#inWords = inWords;
    this.#inHtml = inHtml;
    connect(this, {
      state: () => this.#state as Record<string, unknown>,
      receive: (data, buffers) => this.#receive(data, buffers),
    });
  }

  /** The id of its comm, by which the page knows it. */
  get id(): string {
    return idOf(this) as string;
  }

  get<Key extends keyof State>(key: Key): State[Key] {
    return this.#state[key];
  }

  /** The keys of its state that are its author's. */
  keys(): string[] {
    return publicKeys(this.#state);
  }

  /** Changes what is given, here and in the page; observers hear of what is new. */
  set(changes: Partial<State>): void {
    const real = this.#differing(changes);
    if (Object.keys(real).length === 0) return;
    const before = { ...this.#state };
    Object.assign(this.#state, real);
    this.#send(real);
    this.#notify(real, before);
  }

  /** Calls `observer` whenever `key` changes; returns what ends that. */
  observe<Key extends keyof State>(key: Key, observer: Observer<State[Key]>): () => void {
    if (typeof observer !== "function")
      throw new TypeError(`observe takes a key and a function, as in observe("value", value => …).`);
    if (!Object.hasOwn(this.#state, key))
      throw new TypeError(
        `This widget has no ${String(key)} to observe. It has ${publicKeys(this.#state).join(", ")}.`,
      );
    const observers = this.#observers.get(key) ?? new Set();
    this.#observers.set(key, observers);
    observers.add(observer as Observer<never>);
    return () => void observers.delete(observer as Observer<never>);
  }

  /** Calls `handler` for each message that the widget's code in the page sends; returns what ends that. */
  onMessage(handler: MessageHandler): () => void {
    this.#handlers.add(handler);
    return () => void this.#handlers.delete(handler);
  }

  /** Sends a message to the widget's code in the page. */
  send(content: unknown, buffers: readonly (ArrayBufferView | ArrayBufferLike)[] = []): void {
    this.flush();
    lineOf(this)?.send({ method: "custom", content }, { buffers });
  }

  /** Takes the widget out of every page; it cannot come back. */
  close(): void {
    disconnect(this);
  }

  show(): void {
    show(this.bundle());
  }

  bundle(): ReadableBundle {
    const view = { version_major: 2, version_minor: 0, model_id: this.id };
    const still = {
      ...(this.#inHtml && { "text/html": this.#inHtml(this.#state) }),
      "text/plain": this.#inWords(this.#state),
    };
    return lineOf(this) === undefined ? still : { "application/vnd.jupyter.widget-view+json": view, ...still };
  }

  #differing(changes: Partial<State>): Partial<State> {
    const isNew = ([key, value]: [string, unknown]) =>
      (typeof value === "object" && value !== null) || !Object.is(this.#state[key as keyof State], value);
    return Object.fromEntries(Object.entries(changes).filter(isNew)) as Partial<State>;
  }

  #send(changes: Partial<State>): void {
    const isFirst = this.#unsent === undefined;
    this.#unsent = { ...this.#unsent, ...changes };
    if (performance.now() - this.#sent > TOGETHER_MS) this.flush();
    else if (isFirst) queueMicrotask(() => this.flush());
  }

  /** Sends at once what has changed in this turn. */
  flush(): void {
    const unsent = this.#unsent;
    this.#unsent = undefined;
    if (unsent === undefined) return;
    this.#sent = performance.now();
    this.#tell("update", unsent);
  }

  #tell(method: "update" | "echo_update", changes: Partial<State>): void {
    const line = lineOf(this);
    if (line === undefined) return;
    const { state, buffer_paths, buffers } = toWire(changes as Record<string, unknown>, idOf);
    line.send({ method, state, buffer_paths }, { buffers });
  }

  #receive(data: Incoming, buffers: readonly Uint8Array[]): unknown {
    if (data.method === "custom") return all([...this.#handlers].map(handler => handler(data.content, buffers)));
    if (data.method === "request_state") return this.#tell("update", this.#state);
    if (data.method !== "update") return undefined;
    const changes = fromWire(data.state ?? {}, data.buffer_paths, buffers) as Partial<State>;
    const before = { ...this.#state };
    Object.assign(this.#state, changes);
    // Other pages that show it learn of the change; the one that made it learns that it arrived.
    this.#tell("echo_update", changes);
    return this.#notify(changes, before);
  }

  #notify(changes: Partial<State>, before: State): unknown {
    const heard: unknown[] = [];
    for (const key of Object.keys(changes) as (keyof State)[])
      for (const observer of this.#observers.get(key) ?? [])
        heard.push((observer as Observer<unknown>)(this.#state[key], before[key]));
    return all(heard);
  }
}

/** One promise for all handlers that wait, so that the kernel hears of what they throw; nothing where none does. */
function all(results: readonly unknown[]): Promise<unknown> | undefined {
  const waiting = results.filter(result => result instanceof Promise);
  return waiting.length === 0 ? undefined : Promise.all(waiting);
}

function publicKeys(state: object): string[] {
  return Object.keys(state).filter(key => !key.startsWith("_"));
}
