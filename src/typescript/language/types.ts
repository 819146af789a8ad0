import type { Completions, Failure, Host, MimeBundle, Outcome } from "../../interpreter/index.ts";
import { Background, type EndedCell, reportTypes } from "./background.ts";
import type { Language } from "./language.ts";
import { strictFailure } from "./warning.ts";

/** The first line of a cell that runs only without type errors. A cell of nothing else means all that follow. */
const STRICT = /^\s*\/\/\s*@strict\b[^\n]*(?<rest>.*)/s;

/** After these, what the cell declares is not there: it did not run at all, or its process is gone. */
const NOT_THERE = new Set(["SyntaxError", "TypeScriptError", "ProcessExited"]);

/**
 * The types of a notebook, as the host of the cells sees them. Cheap to make: the parser and TypeScript's server come
 * when a cell has something to check or somebody asks.
 *
 * `LATENT_STRICT=1` refuses every cell that has type errors, `LATENT_TYPES=off` checks none.
 */
export class Types {
  readonly #folder: string;
  readonly #background: Background;
  #strict: boolean;
  #language: Promise<Language> | undefined;

  constructor(folder: string, show: Host["output"], env: NodeJS.ProcessEnv = process.env) {
    this.#folder = folder;
    this.#strict = env.LATENT_STRICT === "1";
    this.#background = new Background(() => this.#load(), show, { checks: env.LATENT_TYPES !== "off" });
  }

  /** A cell is about to run. The failure to answer with where it is strict and has type errors. */
  async began(code: string): Promise<Failure | undefined> {
    this.#background.began();
    const asked = STRICT.exec(code);
    if (asked?.groups?.rest?.trim() === "") this.#strict = true;
    if (!this.#strict && asked === null) return undefined;
    const problems = await this.#background
      .settled()
      .then(language => language.check(code))
      .catch(reportTypes);
    return problems && problems.length > 0 ? strictFailure(problems, code) : undefined;
  }

  /** A cell has ended; its types are looked at once nothing else is to do. */
  ended(cell: EndedCell, outcome: Outcome): void {
    const failed = outcome.status === "error" ? outcome.ename : "";
    if (!NOT_THERE.has(failed)) this.#background.ended(cell);
  }

  /** The variables are gone with their process. */
  async forget(): Promise<void> {
    this.#background.stop();
    const forgotten = this.#language?.then(language => language.forget());
    await forgotten?.catch(reportTypes);
  }

  async complete(code: string, offset: number): Promise<Completions> {
    const answer = this.#background.settled().then(language => language.complete(code, offset));
    return (await answer.catch(reportTypes)) ?? { matches: [], start: offset, end: offset };
  }

  async inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined> {
    const answer = this.#background.settled().then(language => language.inspect(code, offset, detail));
    return (await answer.catch(reportTypes)) ?? undefined;
  }

  async stop(): Promise<void> {
    this.#background.stop();
    await (await this.#language)?.stop();
  }

  #load(): Promise<Language> {
    this.#language ??= import("./language.ts").then(({ Language }) => new Language(this.#folder));
    return this.#language;
  }
}
