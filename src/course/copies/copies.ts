import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Notebook, sourceOf } from "../pair/notebook.ts";

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
    const content = await readFile(join(course, name));
    const outcome = await bringUpToDate(work, name, content, versions);
    if (outcome !== undefined) copied.push({ name, ...outcome });
  }
  await writeWhole(join(work, RECORD), `${JSON.stringify(versions, undefined, 2)}\n`);
  return copied;
}

async function bringUpToDate(
  work: string,
  name: string,
  content: Buffer,
  versions: Versions,
): Promise<Omit<Copied, "name"> | undefined> {
  const present = await readIfPresent(join(work, name));
  const taken = versions[name];
  const offered = hashOf(content);
  versions[name] = offered;
  if (present === undefined) return await put(work, name, content, "new");
  const own = hashOf(present);
  if (own === offered) return undefined;
  if (own === taken) return await put(work, name, content, "renewed");
  if (taken === offered) return undefined;
  return await put(work, await freeNameBeside(work, name), content, "beside");
}

async function put(work: string, at: string, content: Buffer, outcome: Copied["outcome"]) {
  await writeWhole(join(work, at), content);
  return { outcome, at };
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
    return JSON.parse(text.toString()) as Versions;
  } catch (cause) {
    const path = join(work, RECORD);
    throw new Error(`${path} cannot be read: delete it, then every notebook there counts as changed by you.`, {
      cause,
    });
  }
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

/** Of what a reader sees. JupyterLab writes into the metadata of a notebook that was only opened. */
function hashOf(content: Buffer): string {
  const hash = createHash("sha256");
  try {
    const { cells } = JSON.parse(content.toString()) as Notebook;
    for (const cell of cells) hash.update(JSON.stringify([cell.cell_type, sourceOf(cell), cell.outputs ?? []]));
  } catch {
    hash.update(content); // not a notebook: then each byte counts
  }
  return hash.digest("hex");
}
