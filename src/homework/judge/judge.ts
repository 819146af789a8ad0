import { compile, createNames, type Names } from "../../typescript/cell/index.ts";
import { type Assignment, answeredNames, testsOf } from "../assignment/assignment.ts";
import type { NamedCell } from "../assignment/cell.ts";
import { Cells } from "../box/cells.ts";
import type { Layers } from "../sandbox/layers.ts";
import type { CellFault, QuestionResult, Result } from "./result.ts";
import { BoxFailed, Student, StudentStopped } from "./student.ts";
import { DEFAULT_LIMIT, type Runnable, type RunnableCell } from "./submission.ts";
import { Tests } from "./tests.ts";

/** Grades submissions of one assignment, one after another: their tests here, their code in a box. */
export class Judge {
  readonly #assignment: Assignment;
  readonly #student: Student;
  readonly #tests: Tests;

  constructor(assignment: Assignment, layers: Layers) {
    this.#assignment = assignment;
    this.#student = new Student(layers);
    const cells = new Cells(
      async specifier => await import(specifier === "latent" ? "../../latent/index.js" : specifier),
    );
    this.#tests = new Tests(assignment, cells, this.#student, answeredNames(assignment));
  }

  /** @throws BoxFailed when there is no sandbox: that costs nobody a mark, it ends the grading */
  async grade(submission: Runnable): Promise<Result> {
    const run = new Run(this.#student, submission);
    await this.#tests.begin();
    const questions: QuestionResult[] = [];
    for (const test of testsOf(this.#assignment)) questions.push(await this.#question(test, run));
    run.upTo(submission.cells.length);
    return { questions, cells: run.faults, printed: withoutNativeLog(this.#student.printed) };
  }

  close(): void {
    this.#student.close();
  }

  async #question(test: NamedCell & { points: number }, run: Run): Promise<QuestionResult> {
    const { id, points, seconds } = test;
    run.upTo(run.submission.before[id] ?? run.submission.cells.length);
    this.#student.left = seconds === undefined ? DEFAULT_LIMIT : seconds * 1000;
    const { earned, message } = await this.#tests.ask(test);
    if (this.#student.stopped) run.again();
    return { id, points, earned: Math.min(points, Math.max(0, earned)), message };
  }
}

/** What TensorFlow says while it loads is not the student's. */
function withoutNativeLog(printed: string): string {
  return printed.replace(/^(?:WARNING: All log messages before absl|[IWE]\d{4} \d\d:).*\n?/gm, "");
}

/** The student's cells in a box, and the box after it when one has ended. */
class Run {
  readonly submission: Runnable;
  readonly faults: CellFault[] = [];
  readonly #student: Student;
  /** Cells that ended a box: they are not run again. */
  readonly #fatal = new Set<number>();
  #names: Names = createNames();
  #done = 0;
  #fresh = true;

  constructor(student: Student, submission: Runnable) {
    this.#student = student;
    this.submission = submission;
  }

  /** The box has ended in a test: the cells run again in another one. */
  again(): void {
    this.#fresh = true;
  }

  upTo(count: number): void {
    while (this.#fresh || this.#done < count) {
      if (this.#fresh) this.#begin();
      else this.#next();
    }
  }

  #begin(): void {
    this.#student.fresh();
    this.#names = createNames();
    this.#done = 0;
    this.#fresh = false;
  }

  #next(): void {
    const number = this.#done++;
    if (this.#fatal.has(number)) return;
    const cell = this.submission.cells[number] as RunnableCell;
    try {
      this.#student.left = cell.limit;
      this.#student.run(compile(cell.source, this.#names).code, `cell ${number + 1}`);
    } catch (error) {
      if (error instanceof BoxFailed) throw error;
      this.#failed(number, cell, error as Error);
    }
  }

  #failed(number: number, { id, limit }: RunnableCell, error: Error): void {
    if (error instanceof StudentStopped) {
      this.#fatal.add(number);
      this.#fresh = true;
    }
    if (this.faults.some(fault => fault.number === number + 1)) return; // it has run before, in an earlier box
    const message = `${error.name}: ${error.message}${error.message.includes("time limit") ? ` of ${limit / 1000} s` : ""}`;
    this.faults.push({ ...(id !== undefined && { id }), number: number + 1, message });
  }
}
