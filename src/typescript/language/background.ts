import type { Host } from "../../interpreter/index.ts";
import type { Problem } from "./diagnostics.ts";
import type { Committed, Language } from "./language.ts";
import { warningOf } from "./warning.ts";

export interface EndedCell {
  id: string;
  code: string;
  silent: boolean;
}

/** Types are a help: where they fail (no room for temporary files) the log says so, and cells run all the same. */
export function reportTypes(error: unknown): void {
  console.error("The types of the cells cannot be looked at:", error);
}

/** Cells that follow one another faster than this are taken in together: one rebuild of the server's program for all. */
const QUIET_MS = 8;
/** A reader who runs a hundred cells in one go still sees the first warnings soon. */
const LONGEST_WAIT_MS = 500;

/**
 * What is done after a cell has ended, once the kernel is quiet: its types are checked, its warnings are shown, and its
 * names become known. Never on the way of an answer about the cell itself.
 */
export class Background {
  readonly #load: () => Promise<Language>;
  readonly #show: Host["output"];
  readonly #checks: boolean;
  #ended: EndedCell[] = [];
  #timer: NodeJS.Timeout | undefined;
  #waitingSince = 0;
  #turn: Promise<void> = Promise.resolve();

  /** Without `checks` cells are kept until somebody asks about names. */
  constructor(load: () => Promise<Language>, show: Host["output"], { checks }: { checks: boolean }) {
    this.#load = load;
    this.#show = show;
    this.#checks = checks;
  }

  /** A cell begins: what is left to do waits until the kernel is quiet again, or has run for a while. */
  began(): void {
    if (this.#ended.length > 0 && this.#checks) this.#postpone();
  }

  ended(cell: EndedCell): void {
    if (this.#ended.length === 0) this.#waitingSince = performance.now();
    this.#ended.push(cell);
    if (this.#checks) this.#postpone();
  }

  /** Makes every cell that ended known, then gives the language; a question about names asks here. */
  settled(): Promise<Language> {
    return this.#inTurn(async language => {
      if (this.#ended.length > 0) this.#takeIn(language, this.#ended.splice(0));
      return language;
    });
  }

  /** Drops what is not done yet. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#ended = [];
  }

  #postpone(): void {
    clearTimeout(this.#timer);
    const left = this.#waitingSince + LONGEST_WAIT_MS - performance.now();
    this.#timer = setTimeout(() => void this.#run().catch(reportTypes), Math.max(0, Math.min(QUIET_MS, left)));
  }

  #run(): Promise<void> {
    return this.#inTurn(async language => {
      const cells = this.#ended.splice(0);
      const [only] = cells;
      if (only !== undefined && cells.length === 1) await this.#checkThenTakeIn(language, only);
      else if (cells.length > 1) this.#takeIn(language, cells);
    });
  }

  /** One after another: while a cell is checked, its own names must not be known, and nobody may ask for them. */
  #inTurn<T>(task: (language: Language) => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => task(await this.#load()));
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
    void language.warm().catch(reportTypes);
  }

  /** All at once; each is then checked in its own document, against what was known when it ran. */
  #takeIn(language: Language, cells: EndedCell[]): void {
    if (!this.#checks) {
      for (const { code } of cells) language.learn(code);
      return;
    }
    for (const [index, committed] of language.learnAll(cells.map(({ code }) => code)).entries())
      void this.#checkTaken(language, committed, cells[index] as EndedCell).catch(reportTypes);
  }

  async #checkTaken(language: Language, committed: Committed, cell: EndedCell): Promise<void> {
    this.#warn(cell, await language.problems(committed));
  }

  #warn({ id, code, silent }: EndedCell, problems: Problem[]): void {
    if (problems.length === 0 || silent) return;
    this.#show(id, { type: "display_data", data: warningOf(problems, code), metadata: {} });
  }
}
