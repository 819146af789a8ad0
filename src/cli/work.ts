import { dirname, join, relative, resolve, sep } from "node:path";
import { type Copied, copyLessons } from "../course/index.ts";
import type { Places } from "../setup/index.ts";

/** The course as it is fetched: nobody saves there but its authors. */
export function courseFolder({ root }: Places): string {
  return join(root, "notebooks");
}

export interface WorkOptions {
  /** By default `work` in the clone. */
  folder?: string | undefined;
  print: (line: string) => void;
}

/** Brings the copies of the notebooks up to date, says what is new, and returns their folder. */
export async function openWork(
  places: Places,
  { folder = join(places.root, "work"), print }: WorkOptions,
): Promise<string> {
  const work = resolve(folder);
  const copied = await copyLessons(courseFolder(places), work);
  for (const line of linesOf(copied, work)) print(line);
  return work;
}

export function linesOf(copied: readonly Copied[], work: string): string[] {
  const count = (outcome: Copied["outcome"]) => copied.filter(copy => copy.outcome === outcome).length;
  const lines: string[] = [];
  if (count("new") > 0)
    lines.push(`${notebooks(count("new"))} copied to ${work}: what you change and save stays yours.`);
  if (count("renewed") > 0) lines.push(`${notebooks(count("renewed"))} in ${work}, unchanged by you, renewed.`);
  for (const { name, at } of copied.filter(({ outcome }) => outcome === "beside"))
    lines.push(`${name} stays as you saved it; its newer version lies beside it: ${at}.`);
  return lines;
}

function notebooks(count: number): string {
  return count === 1 ? "1 notebook" : `${count} notebooks`;
}

/** Where a run of a notebook of the course is written, so that an update meets no change; undefined for any other. */
export function runFolder(places: Places, notebook: string): string | undefined {
  const inside = relative(courseFolder(places), resolve(notebook));
  if (inside === "" || inside.split(sep)[0] === ".." || resolve(inside) === inside) return undefined;
  return join(places.root, "work", "run", dirname(inside));
}
