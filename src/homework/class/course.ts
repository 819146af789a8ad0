import { randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readIfPresent } from "../../course/pair/index.ts";
import { writeAtomically } from "../../setup/temporary.ts";
import { type Assignment, readAssignment } from "../assignment/assignment.ts";

/** A folder of a class, laid out as nbgrader lays it out: both can work in it. */
export class Course {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  script(name: string): string {
    return join(this.folder, "source", `${name}.ts`);
  }

  notebook(step: "source" | "release", name: string): string {
    return join(this.folder, step, name, `${name}.ipynb`);
  }

  submitted(student: string, name: string): string {
    return join(this.folder, "submitted", student, name);
  }

  graded(name: string): string {
    return join(this.folder, "graded", name);
  }

  feedback(student: string, name: string): string {
    return join(this.folder, "feedback", student, name, `${name}.html`);
  }

  /**
   * @throws Error where the course has no such assignment
   */
  async assignment(name: string): Promise<Assignment> {
    const scripts = (await entriesOf(join(this.folder, "source"))).filter(entry => entry.endsWith(".ts"));
    if (scripts.includes(`${name}.ts`)) return await readAssignment(this.script(name));
    const others = scripts.map(script => script.replace(/\.ts$/, "")).sort();
    throw new Error(
      `${this.script(name)} is missing: ${others.length > 0 ? `there are ${others.join(", ")}` : "there is no assignment"}. "homework new ${name}" begins one; --course names the folder of the class.`,
    );
  }

  /**
   * Students who have handed something in, at least one.
   *
   * @throws Error where nobody has
   */
  async handedIn(name: string): Promise<string[]> {
    await this.assignment(name);
    const students = await this.students(name);
    if (students.length > 0) return students;
    throw new Error(
      `Nobody has handed in ${name}: "homework collect ${name} --from <folder or zip>" takes what there is.`,
    );
  }

  /** Students who have handed something in. */
  async students(name: string): Promise<string[]> {
    const all = await entriesOf(join(this.folder, "submitted"));
    const handed = await Promise.all(
      all.map(async student => (await entriesOf(this.submitted(student, name))).length > 0),
    );
    return all.filter((_, i) => handed[i]).sort();
  }

  /** The notebook that a student has handed in: the one of the assignment's name, else the only one. */
  async submission(student: string, name: string): Promise<string | undefined> {
    const folder = this.submitted(student, name);
    const notebooks = (await entriesOf(folder)).filter(entry => entry.endsWith(".ipynb"));
    const own =
      notebooks.find(entry => entry === `${name}.ipynb`) ?? (notebooks.length === 1 ? notebooks[0] : undefined);
    return own === undefined ? undefined : join(folder, own);
  }

  /** What the tests of an assignment draw, fixed with the first grading and known to the teacher alone. */
  async seed(name: string): Promise<number> {
    const path = join(this.graded(name), "seed");
    const kept = await readIfPresent(path);
    if (kept !== undefined) return Number(kept);
    const seed = randomInt(2 ** 31);
    await writeAtomically(path, `${seed}\n`);
    return seed;
  }
}

/** Names in a folder, or none where there is no folder. */
export async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(name => !name.startsWith("."));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
