import type { Completions, Failure, Host, MimeBundle, Outcome } from "../../interpreter/index.ts";
import type { Problem } from "./diagnostics.ts";
import type { Committed, Language } from "./language.ts";
import { strictFailure, warningOf } from "./warning.ts";

export interface EndedCell {
  id: string;
  code: string;
  silent: boolean;
}

/** The first line of a cell that runs only without type errors. A cell of nothing else means all that follow. */
const STRICT = /^\s*\/\/\s*@strict\b[^\n]*(?<rest>.*)/s;

/** After these, what the cell declares is not there: it did not run at all, or its process is gone. */
const NOT_THERE = new Set(["SyntaxError", "TypeScriptError", "ProcessExited"]);

/** Cells that follow one another faster than this are taken in together: one rebuild of the server's program for all. */
const QUIET_MS = 8;
/** A reader who runs a hundred cells in one go still sees the first warnings soon. */
const LONGEST_WAIT_MS = 500;

interface Settings {
  env?: NodeJS.ProcessEnv;
  load?: () => Promise<Language>;
}

function loaderOf(folder: string): () => Promise<Language> {
  return async () => new (await import("./language.ts")).Language(folder);
}

/** Types are a help: where they fail (no room for temporary files) the log says so, and cells run all the same. */
function report(error: unknown): void {
  console.error("The types of the cells cannot be looked at:", error);
}

/**
 * The types of a notebook, as the host of the cells sees them. Cheap to make: the parser and TypeScript's server come
 * when a cell has something to check or somebody asks.
 *
 * After a cell has ended, once the kernel is quiet, its types are checked, its warnings are shown, and its names become
 * known: never on the way of an answer about the cell itself. A question makes what ended known at once.
 *
 * `LATENT_STRICT=1` refuses every cell that has type errors, `LATENT_TYPES=off` checks none: cells are then kept until
 * somebody asks about names.
 */
export class Types {
  readonly #load: () => Promise<Language>;
  readonly #show: Host["output"];
  readonly #checks: boolean;
  #strict: boolean;
  #language: Promise<Language> | undefined;
  #ended: EndedCell[] = [];
  #timer: NodeJS.Timeout | undefined;
  #waitingSince = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(folder: string, show: Host["output"], { env = process.env, load = loaderOf(folder) }: Settings = {}) {
    this.#load = load;
    this.#show = show;
    this.#strict = env.LATENT_STRICT === "1";
    this.#checks = env.LATENT_TYPES !== "off";
  }

  /** A cell is about to run. The failure to answer with where it is strict and has type errors. */
  async began(code: string): Promise<Failure | undefined> {
    // What is left to do waits until the kernel is quiet again, or has run for a while.
    if (this.#ended.length > 0 && this.#checks) this.#postpone();
    const asked = STRICT.exec(code);
    if (asked?.groups?.rest?.trim() === "") this.#strict = true;
    if (!this.#strict && asked === null) return undefined;
    const problems = await this.#ask(language => language.check(code));
    return problems && problems.length > 0 ? strictFailure(problems, code) : undefined;
  }

  /** A cell has ended; its types are looked at once nothing else is to do. */
  ended(cell: EndedCell, outcome: Outcome): void {
    const failed = outcome.status === "error" ? outcome.ename : "";
    if (!NOT_THERE.has(failed)) this.#keep(cell);
  }

  async complete(code: string, offset: number): Promise<Completions> {
    const found = await this.#ask(language => language.complete(code, offset));
    return found ?? { matches: [], start: offset, end: offset };
  }

  inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined> {
    return this.#ask(language => language.inspect(code, offset, detail));
  }

  /** The variables are gone with their process. */
  async forget(): Promise<void> {
    this.#drop();
    // Behind the cell that is looked at just now, whose names would be known again otherwise.
    if (this.#language) await this.#inTurn(async language => language.forget()).catch(report);
  }

  async stop(): Promise<void> {
    this.#drop();
    await (await this.#language)?.stop();
  }

  #keep(cell: EndedCell): void {
    if (this.#ended.length === 0) this.#waitingSince = performance.now();
    this.#ended.push(cell);
    if (this.#checks) this.#postpone();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#ended = [];
  }

  #postpone(): void {
    clearTimeout(this.#timer);
    const left = this.#waitingSince + LONGEST_WAIT_MS - performance.now();
    this.#timer = setTimeout(() => void this.#look().catch(report), Math.max(0, Math.min(QUIET_MS, left)));
  }

  /** Asks about names, once every cell that ended is known. Nothing where types fail. */
  #ask<T>(question: (language: Language) => Promise<T>): Promise<T | undefined> {
    const settled = this.#inTurn(async language => {
      if (this.#ended.length > 0) this.#takeIn(language, this.#ended.splice(0));
      return language;
    });
    return settled.then(question).catch(error => {
      report(error);
      return undefined;
    });
  }

  #look(): Promise<void> {
    return this.#inTurn(async language => {
      const cells = this.#ended.splice(0);
      const [only] = cells;
      if (only !== undefined && cells.length === 1) await this.#checkThenTakeIn(language, only);
      else if (cells.length > 1) this.#takeIn(language, cells);
    });
  }

  /** One after another: while a cell is checked, its own names must not be known, and nobody may ask for them. */
  #inTurn<T>(task: (language: Language) => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => {
      this.#language ??= this.#load();
      return task(await this.#language);
    });
    // Who asked hears of a failure; the next in line goes on.
    this.#turn = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** The quick way for a single cell: in the scratch document the server keeps its program. */
  async #checkThenTakeIn(language: Language, cell: EndedCell): Promise<void> {
    this.#warn(cell, await language.check(cell.code));
    language.learn(cell.code);
    void language.warm().catch(report);
  }

  /** All at once; each is then checked in its own document, against what was known when it ran. */
  #takeIn(language: Language, cells: EndedCell[]): void {
    if (!this.#checks) {
      for (const { code } of cells) language.learn(code);
      return;
    }
    for (const [index, committed] of language.learnAll(cells.map(({ code }) => code)).entries())
      void this.#checkTaken(language, committed, cells[index] as EndedCell).catch(report);
  }

  async #checkTaken(language: Language, committed: Committed, cell: EndedCell): Promise<void> {
    this.#warn(cell, await language.problems(committed));
  }

  #warn({ id, code, silent }: EndedCell, problems: Problem[]): void {
    if (problems.length === 0 || silent) return;
    this.#show(id, { type: "display_data", data: warningOf(problems, code), metadata: {} });
  }
}
