import { showsItself } from "../display/self.ts";
import { type ReadableBundle, show } from "../display/show.ts";
import { type Ask, ask, type SheetOptions } from "./ask.ts";
import type { Verdict } from "./judge.ts";
import { sheetBundle, verdictBundle } from "./words.ts";

/** An attempt at an exercise that is wrong; the message says what was expected, what came, and why where that shows. */
export class ExerciseFailed extends Error {
  override readonly name = "ExerciseFailed";

  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`; // what follows would be the library's own lines, of no use to a student
  }
}

/** The exercises of a lesson. As the last expression of a cell it shows how many are right, wrong, not tried yet. */
export class Sheet {
  readonly #title: string;
  readonly #options: SheetOptions;
  readonly #verdicts = new Map<string, Verdict>();

  static {
    showsItself(Sheet.prototype);
  }

  constructor(title: string, options: SheetOptions = {}) {
    this.#title = title;
    this.#options = options;
  }

  /**
   * Puts questions to an attempt. Each call of `question` draws one, has it answered, and says what the answer should be. Shows
   * the verdict. An attempt that still calls `todo()` is no failure: it is "not tried yet".
   *
   * @throws ExerciseFailed when an answer is wrong
   */
  async check(name: string, question: Ask): Promise<void> {
    const verdict = await ask(question, this.#options);
    this.#verdicts.set(name, verdict);
    show(verdictBundle(name, verdict));
    if (verdict.status === "wrong") throw new ExerciseFailed(`${name}: ${verdict.reason}`);
  }

  bundle(): ReadableBundle {
    return sheetBundle(this.#title, this.#verdicts);
  }
}

/** A sheet for the exercises of a lesson. */
export function sheet(title: string, options?: SheetOptions): Sheet {
  return new Sheet(title, options);
}
