import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withPictures } from "./attachments.ts";
import { formatNotebook, type Notebook } from "./notebook.ts";
import { toNotebook, toScript } from "./pair.ts";

/** What a command would write, and whether that differs from what is there. */
export interface Paired {
  path: string;
  text: string;
  changed: boolean;
}

/**
 * The notebook beside a script `NN-topic.ts`, with the outputs that its notebook holds now, and with the pictures that its
 * texts name, from `covers` beside the script. Writes nothing.
 */
export async function notebookOf(scriptPath: string): Promise<Paired> {
  const path = scriptPath.replace(/\.ts$/, ".ipynb");
  const now = await readIfPresent(path);
  const previous = now === undefined ? undefined : (JSON.parse(now) as Notebook);
  const made = toNotebook(await readFile(scriptPath, "utf8"), previous);
  const text = formatNotebook(await withPictures(made, join(dirname(scriptPath), "covers")));
  return { path, text, changed: text !== now };
}

/** The script beside a notebook `NN-topic.ipynb`, for an edit that was made in Jupyter. Writes nothing. */
export async function scriptOf(notebookPath: string): Promise<Paired> {
  const path = notebookPath.replace(/\.ipynb$/, ".ts");
  const text = toScript(JSON.parse(await readFile(notebookPath, "utf8")) as Notebook);
  return { path, text, changed: text !== (await readIfPresent(path)) };
}

/** Writes what {@link notebookOf} or {@link scriptOf} made, in one move: a reader never sees half a file. */
export async function write({ path, text, changed }: Paired): Promise<void> {
  if (changed) await replaceFile(path, text);
}

/** Writes a file in one move, so that nobody reads half of it. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

/** The text of a file, or undefined where there is none. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
