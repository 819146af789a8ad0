import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readIfPresent, write } from "../pair/files.ts";
import { type Cell, type Notebook, sourceOf } from "../pair/notebook.ts";

/** What became of one notebook of the course in the folder where it is worked on. */
export interface Copied {
  /** The notebook, relative to the folder of the course. */
  name: string;
  /**
   * `new`: was not there. `renewed`: nobody had changed it, so the newer one took its place. `beside`: it was changed,
   * so the newer one lies beside it, under `at`.
   */
  outcome: "new" | "renewed" | "beside";
  /** Where the copy lies, relative to the folder of the copies. */
  at: string;
}

/** The version that each copy was made from, by the hash of its content. */
type Versions = Record<string, string>;

const RECORD = ".copies.json";

/**
 * Copies the notebooks of `course` into `work`, where they are run and saved. A copy that somebody changed is never
 * written to: the version that an update brings lies beside it, once, as `NN-topic.new.ipynb`. A copy that was deleted
 * comes back as the course has it.
 */
export async function copyLessons(course: string, work: string): Promise<Copied[]> {
  const versions = await readVersions(work);
  const copied: Copied[] = [];
  for (const name of await notebooksIn(course)) {
    const text = await readFile(join(course, name), "utf8");
    const outcome = await bringUpToDate(work, name, text, versions);
    if (outcome !== undefined) copied.push({ name, ...outcome });
  }
  await put(work, RECORD, `${JSON.stringify(versions, undefined, 2)}\n`);
  return copied;
}

async function bringUpToDate(
  work: string,
  name: string,
  text: string,
  versions: Versions,
): Promise<Omit<Copied, "name"> | undefined> {
  const present = await readIfPresent(join(work, name));
  const taken = versions[name];
  const offered = hashOf(text);
  versions[name] = offered;
  if (present === undefined) return await give(work, name, text, "new");
  const own = hashOf(present);
  if (own === offered) return undefined;
  if (own === taken) return await give(work, name, text, "renewed");
  if (taken === offered) return undefined;
  return await give(work, await freeNameBeside(work, name), text, "beside");
}

async function give(work: string, at: string, text: string, outcome: Copied["outcome"]) {
  await put(work, at, text);
  return { outcome, at };
}

async function put(work: string, at: string, text: string): Promise<void> {
  const path = join(work, at);
  await mkdir(dirname(path), { recursive: true });
  await write({ path, text, changed: true });
}

/** `04-topic.new.ipynb`, or `04-topic.new-2.ipynb` where an earlier update still lies there. */
async function freeNameBeside(work: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const at = name.replace(/\.ipynb$/, `.new${count === 1 ? "" : `-${count}`}.ipynb`);
    if ((await readIfPresent(join(work, at))) === undefined) return at;
  }
}

async function notebooksIn(course: string): Promise<string[]> {
  const names = await readdir(course, { recursive: true });
  return names.filter(name => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints")).sort();
}

async function readVersions(work: string): Promise<Versions> {
  const text = await readIfPresent(join(work, RECORD));
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Versions;
  } catch (cause) {
    const path = join(work, RECORD);
    throw new Error(`${path} cannot be read: delete it, then every notebook there counts as changed by you.`, {
      cause,
    });
  }
}

/** Of what a reader sees. JupyterLab writes into the metadata of a notebook that was only opened. */
function hashOf(text: string): string {
  const hash = createHash("sha256");
  const cells = cellsOf(text);
  if (cells === undefined) hash.update(text); // not a notebook: then each character counts
  for (const cell of cells ?? []) hash.update(JSON.stringify([cell.cell_type, sourceOf(cell), cell.outputs ?? []]));
  return hash.digest("hex");
}

function cellsOf(text: string): Cell[] | undefined {
  try {
    return (JSON.parse(text) as Partial<Notebook>).cells;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
