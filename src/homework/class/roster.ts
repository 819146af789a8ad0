import { join } from "node:path";
import { readIfPresent } from "../../course/pair/index.ts";
import { writeAtomically } from "../../setup/temporary.ts";
import type { Course } from "./course.ts";

/** Whom an id stands for, as the learning platform writes it. */
export interface Person {
  name?: string;
}

export type Roster = Record<string, Person>;

export async function readRoster({ folder }: Course): Promise<Roster> {
  const text = await readIfPresent(join(folder, "students.json"));
  return text === undefined ? {} : (JSON.parse(text) as Roster);
}

export async function writeRoster({ folder }: Course, roster: Roster): Promise<void> {
  if (Object.keys(roster).length === 0) return;
  await writeAtomically(join(folder, "students.json"), `${JSON.stringify(roster, null, 1)}\n`);
}
