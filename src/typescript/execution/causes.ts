import { AsyncLocalStorage, AsyncResource, executionAsyncId, executionAsyncResource } from "node:async_hooks";
import { promiseHooks } from "node:v8";
import { Number, process, Reflect } from "../intrinsics.ts";
import { asyncBinding } from "./async_binding.ts";
import { undisturbed } from "./undisturbed.ts";

const NO_TURN = -1;
/** Cells whose background work alternates change it at each turn. */
const MOST_CHANGES = 10_000;

/** Knows which cell caused the code that runs now: through awaits, `then`, timers, events and callbacks of node. */
export interface Causes {
  current(): string;
  /** Who made a promise. Node tells of its rejection in whatever turn that is known. */
  of(promise: object): string;
  /** From here on, and in all that this causes, `cell` is the cause. */
  enter(cell: string): void;
  /** To be called behind a termination: what node was in the middle of does not end any more. */
  recover(): void;
}

/**
 * Node 24 and later carry a value along for nothing (AsyncContextFrame; 22.7 and later where a flag asks for it). Before
 * that, node's own way ends the process: with a hook of `async_hooks` enabled, node aborts soon after a cell was stopped
 * inside a callback (tried: 24 of 24 stops in `process.nextTick`). So there V8's own hooks follow promises, which costs
 * 0.6 µs an `await`, and a callback of node belongs to the cell that was current when its file, socket or child was made.
 */
export function followCauses(): Causes {
  return hasContextFrames() ? contextFrames() : hooks();
}

function hasContextFrames(): boolean {
  const [major = 0] = process.versions.node.split(".").map(Number);
  return major >= 24 || process.execArgv.includes("--experimental-async-context-frame");
}

function contextFrames(): Causes {
  const storage = new AsyncLocalStorage<string>();
  const current = () => storage.getStore() ?? "";
  // A promise has no mark here: the turn in which node tells of its rejection has to say it.
  return { current, of: current, enter: cell => storage.enterWith(cell), recover: () => {} };
}

function hooks(): Causes {
  /** The cell of the promise's callback that runs, and in whose turn of node it began. */
  let ofPromise = "";
  let turn = NO_TURN;
  const made = new Timeline();
  const current = () => {
    const id = executionAsyncId();
    return turn === id ? ofPromise : (Mark.of(executionAsyncResource()) ?? made.cellOf(id));
  };
  promiseHooks.createHook({
    init: promise => {
      const cell = current();
      made.note(cell);
      new Mark(promise, cell);
    },
    before: promise => {
      ofPromise = Mark.of(promise) ?? "";
      turn = executionAsyncId();
      made.note(ofPromise);
    },
    after: () => {
      turn = NO_TURN;
    },
  });
  beforeCallbacks((id, resource) => made.note(Mark.of(resource) ?? made.cellOf(id)));
  return {
    current: () => {
      const cell = current();
      made.note(cell);
      return cell;
    },
    of: promise => Mark.of(promise) ?? current(),
    enter: cell => {
      if (turn === executionAsyncId()) ofPromise = cell;
      else Mark.put(executionAsyncResource(), cell);
      made.note(cell);
    },
    recover: () => {
      turn = NO_TURN;
    },
  };
}

/**
 * Calls `note` before each callback of node, so that what it makes is its cell's too. Node 20 alone needs this, and has
 * no public way to it.
 */
function beforeCallbacks(note: (id: number, resource: object) => void): void {
  if (!process.versions.node.startsWith("20.")) return;
  asyncBinding()?.setCallbackTrampoline(function (this: unknown, id, resource, callback, ...args) {
    note(id, resource);
    return Reflect.apply(callback, this, args);
  });
}

/** Which cell was current when node gave out a number: each file, socket, child and timer that is made has the next. */
class Timeline {
  readonly #changes: { from: number; cell: string }[] = [];
  #last = "";

  note(cell: string): void {
    if (cell === this.#last) return;
    this.#last = cell;
    // Here and below without methods: a cell may have taken those of arrays away.
    this.#changes[this.#changes.length] = { from: new AsyncResource("cell").asyncId(), cell };
    if (this.#changes.length > MOST_CHANGES) undisturbed(() => this.#changes.splice(0, MOST_CHANGES / 2));
  }

  cellOf(id: number): string {
    let i = this.#changes.length - 1;
    while (i >= 0 && (this.#changes[i]?.from ?? 0) > id) i--;
    return this.#changes[i]?.cell ?? "";
  }
}

/** Its subclasses put their private fields on the object that they are given. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what this is for
    return object;
  }
}

/** A note on an object that nobody else sees, neither as a key nor printed; a WeakMap takes ten times as long. */
class Mark extends Given {
  #cell: string;

  /** For an object that has no mark yet. */
  constructor(object: object, cell: string) {
    super(object);
    this.#cell = cell;
  }

  static put(object: object, cell: string): void {
    if (#cell in object) object.#cell = cell;
    else new Mark(object, cell);
  }

  static of(object: object): string | undefined {
    return #cell in object ? object.#cell : undefined;
  }
}
