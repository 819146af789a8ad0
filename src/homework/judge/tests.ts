import { compile, createNames, type Names } from "../../typescript/cell/index.ts";
import { type Assignment, AssignmentFault } from "../assignment/assignment.ts";
import type { NamedCell } from "../assignment/cell.ts";
import { CellFailed, type Cells } from "../box/cells.ts";
import type { Student } from "./student.ts";

/** What a question's tests say. */
export interface Asked {
  earned: number;
  message: string;
}

/** The assignment's own cells, as its source has them; they run outside of the box, and reach into it by the student's names. */
export class Tests {
  readonly #assignment: Assignment;
  readonly #cells: Cells;
  readonly #student: Student;
  readonly #answered: readonly string[];
  #names: Names = createNames();
  #shown: string[] = [];

  constructor(assignment: Assignment, cells: Cells, student: Student, answered: readonly string[]) {
    this.#assignment = assignment;
    this.#cells = cells;
    this.#student = student;
    this.#answered = answered;
    for (const name of answered)
      if (name in globalThis)
        throw new AssignmentFault(`An answer may not be called ${name}: JavaScript has that name.`);
    this.#listen();
  }

  /** Runs what the tests share: imports, and what is given. The same for each submission, and anew for each. */
  async begin(): Promise<void> {
    this.#names = createNames();
    const [imports] = this.#assignment.cells.filter(({ type }) => type === "code");
    const given = this.#assignment.cells.filter(({ role, type }) => role === "given" && type === "code");
    for (const { source } of new Set([...(imports ? [imports] : []), ...given])) await this.#run(source, "given");
  }

  /**
   * Asks one question. What goes wrong in it belongs to the student.
   *
   * @throws AssignmentFault when the cell does not end in its score: a mistake of the author
   */
  async ask({ id, source }: NamedCell): Promise<Asked> {
    this.#shown = [];
    try {
      const value = await this.#within(() => this.#run(source, id));
      if (typeof value !== "number") throw new AssignmentFault(`${id}: the last expression of tests is their score.`);
      return { earned: value, message: this.#shown.join("\n") };
    } catch (error) {
      if (!(error instanceof CellFailed)) throw error;
      const { name, message } = error.thrown as Error;
      return { earned: 0, message: `${name}: ${message}` };
    }
  }

  /** A test that says a name of the student's gets what the box has under it then; nothing else of this process does. */
  async #within<T>(test: () => Promise<T>): Promise<T> {
    for (const name of this.#answered)
      Object.defineProperty(globalThis, name, { configurable: true, get: () => this.#value(name) });
    try {
      return await test();
    } finally {
      for (const name of this.#answered) Reflect.deleteProperty(globalThis, name);
    }
  }

  #value(name: string): unknown {
    const value = this.#student.get(name);
    if (value === undefined) throw new ReferenceError(`${name} is not defined`);
    return value;
  }

  async #run(source: string, name: string): Promise<unknown> {
    return await this.#cells.run(compile(source, this.#names).code, name);
  }

  /** What the library shows during a test, verdicts above all, is what the student reads. */
  #listen(): void {
    const display = (bundle: Record<string, unknown>) => this.#shown.push(String(bundle["text/plain"] ?? ""));
    (globalThis as Record<symbol, unknown>)[Symbol.for("latent.kernel")] = { display };
  }
}
