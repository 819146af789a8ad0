import { randomInt } from "node:crypto";
import { showsItself } from "../display/self.ts";
import { type ReadableBundle, show } from "../display/show.ts";
import { tf } from "../engine/tf.ts";
import { Draw } from "./draw.ts";
import { type Answered, answered, judge, type Trial, type Verdict } from "./judge.ts";
import { NotTried } from "./todo.ts";
import { sheetBundle, verdictBundle } from "./words.ts";

/** An attempt at an exercise that is wrong; the message says what was expected, what came, and why where that shows. */
export class ExerciseFailed extends Error {
  override readonly name = "ExerciseFailed";

  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`; // what follows would be the library's own lines, of no use to a student
  }
}

export interface SheetOptions {
  /**
   * Fixes what the checks draw.
   *
   * @defaultValue a new one in each run
   */
  seed?: number;
  /**
   * Questions to an attempt.
   *
   * @defaultValue 5
   */
  trials?: number;
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
   * Puts questions to an attempt. Each call of `ask` draws one, has it answered, and says what the answer should be. Shows
   * the verdict. An attempt that still calls `todo()` is no failure: it is "not tried yet".
   *
   * @throws ExerciseFailed when an answer is wrong
   */
  async check(name: string, ask: (draw: Draw) => Trial | Promise<Trial>): Promise<void> {
    const verdict = await this.#verdict(ask);
    this.#verdicts.set(name, verdict);
    show(verdictBundle(name, verdict));
    if (verdict.status === "wrong") throw new ExerciseFailed(`${name}: ${verdict.reason}`);
  }

  async #verdict(ask: (draw: Draw) => Trial | Promise<Trial>): Promise<Verdict> {
    const { trials = 5, seed = randomInt(2 ** 31) } = this.#options;
    const asked: Answered[] = [];
    for (let i = 0; i < trials; i++) {
      tf.engine().startScope(); // what the attempt leaves behind is disposed of
      try {
        asked.push(answered(await ask(new Draw(seed + i))));
      } catch (error) {
        if (error instanceof NotTried) return { status: "not tried yet" };
        return { status: "wrong", reason: `Your code stopped with an error: ${(error as Error).message ?? error}` };
      } finally {
        tf.engine().endScope();
      }
    }
    return judge(asked);
  }

  bundle(): ReadableBundle {
    return sheetBundle(this.#title, this.#verdicts);
  }
}

/** A sheet for the exercises of a lesson. */
export function sheet(title: string, options?: SheetOptions): Sheet {
  return new Sheet(title, options);
}
