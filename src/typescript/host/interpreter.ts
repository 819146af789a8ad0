import type {
  Cell,
  Completeness,
  Completions,
  Failure,
  Interpreter,
  LanguageInfo,
  MimeBundle,
  Outcome,
  OutputListener,
} from "../../interpreter/index.ts";
import type { EventMessage } from "../messages.ts";
import { Child } from "./child.ts";
import { languageInfo } from "./language_info.ts";

interface Pending {
  id: string;
  resolve: (outcome: Outcome) => void;
}

/** TypeScript as a language of the kernel: cells run in a process of their own, which may die without harm. */
export class TypeScriptInterpreter implements Interpreter {
  readonly languageInfo: LanguageInfo = languageInfo;
  readonly banner: string = `TypeScript on Node ${process.versions.node} (Latent)`;
  #listener: OutputListener = () => {};
  #child: Child | undefined;
  /** Whether the present process came up; one that did not is not started again before the next cell. */
  #ready = false;
  #pending: Pending | undefined;
  /** The cell that native output is shown in. */
  #latest = "";
  #stopping = false;
  #gone: () => void = () => {};

  start(listener: OutputListener): void {
    this.#listener = listener;
    this.#child = this.#spawn();
  }

  execute({ id, code, executionCount, silent }: Cell): Promise<Outcome> {
    this.#latest = id;
    return new Promise(resolve => {
      this.#pending = { id, resolve };
      this.#child ??= this.#spawn();
      this.#child.send({ type: "run", cell: id, code, count: silent ? 0 : executionCount, silent });
    });
  }

  interrupt(): void {
    this.#child?.interrupt(this.#pending?.id ?? "");
  }

  async isComplete(code: string): Promise<Completeness> {
    // The parser is not on the way to the first answer: it is loaded when a console asks.
    const { completeness } = await import("../cell/completeness.ts");
    return completeness(code);
  }

  async complete(_code: string, offset: number): Promise<Completions> {
    return { matches: [], start: offset, end: offset };
  }

  async inspect(_code: string, _offset: number, _detail: 0 | 1): Promise<MimeBundle | undefined> {
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const gone = new Promise<void>(resolve => {
      this.#gone = resolve;
    });
    if (this.#child === undefined) return;
    this.#child.kill();
    await gone;
  }

  #spawn(): Child {
    this.#ready = false;
    const child: Child = new Child({
      event: event => void this.#take(child, event),
      native: (name, text) => this.#listener(this.#latest, { type: "stream", name, text }),
      exit: how => this.#exited(how),
    });
    return child;
  }

  async #take(child: Child, event: EventMessage): Promise<void> {
    if (event.type === "ready") {
      this.#ready = true;
      return;
    }
    if (event.type === "done") {
      await child.drained();
      this.#settle(event.cell, event.failure ?? { status: "ok" });
      return;
    }
    const { cell, ...output } = event;
    this.#listener(cell, output);
  }

  #settle(id: string, outcome: Outcome): void {
    if (this.#pending?.id !== id) return;
    const { resolve } = this.#pending;
    this.#pending = undefined;
    resolve(outcome);
  }

  /** The process ended by itself: its cell gets an error, and a new process takes the next one. */
  #exited(how: string): void {
    this.#child = undefined;
    this.#gone();
    if (this.#stopping) return;
    if (this.#ready) this.#child = this.#spawn();
    if (this.#pending !== undefined) this.#settle(this.#pending.id, exitFailure(how));
  }
}

function exitFailure(how: string): Failure {
  const evalue = `the process that runs the cells ended (${how}); the next cell starts in a new one, the variables are gone`;
  return { status: "error", ename: "ProcessExited", evalue, traceback: [`ProcessExited: ${evalue}`] };
}
