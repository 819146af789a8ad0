import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type Cell, type Notebook, sourceOf } from "../../course/pair/index.ts";
import type { Output } from "./outputs.ts";

/** A notebook to be published. */
export interface Source {
  /** Where it lies; absolute. */
  path: string;
  folder: string;
  /** The file's name without its ending. */
  name: string;
  /** What its first heading says, or its name. */
  title: string;
  /** As the kernel calls its language: "typescript", "python". */
  language: string;
  cells: Cell[];
  metadata: Record<string, unknown>;
}

/**
 * Reads a notebook of any kernel.
 *
 * @throws Error that says what to do, where the file is none, was never run, or is of an older format
 */
export async function readSource(path: string): Promise<Source> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "ENOENT" ? "there is no such file" : cause.message;
    throw new Error(`Cannot read ${path}: ${why}.`, { cause });
  });
  const notebook = parseNotebook(text, path);
  if (!Array.isArray(notebook?.cells) || notebook.nbformat !== 4)
    throw new Error(`${path} is not a notebook of format 4. Open it in JupyterLab and save it once.`);
  const cells = notebook.cells.map((cell, i) => ({
    ...cell,
    id: cell.id ?? `cell-${i + 1}`,
    metadata: cell.metadata ?? {},
    source: cell.source ?? [],
  }));
  const metadata = notebook.metadata ?? {};
  const name = basename(path).replace(/\.ipynb$/, "");
  return {
    ...{ path: resolve(path), folder: dirname(resolve(path)), name, title: titleOf(cells) ?? name },
    ...{ language: languageOf(metadata), cells, metadata },
  };
}

/** Whether no cell of a notebook that has code ever ran. */
export function wasNeverRun({ cells }: Source): boolean {
  const code = cells.filter(cell => cell.cell_type === "code" && sourceOf(cell).trim() !== "");
  return code.length > 0 && code.every(cell => !cell.execution_count && outputsOf(cell).length === 0);
}

/** The errors that cells ended in, each with the number of its cell. */
export function errorsIn({ cells }: Source): string[] {
  return cells.flatMap((cell, i) =>
    outputsOf(cell)
      .filter(output => output.output_type === "error")
      .map(output => `cell ${i + 1} ended in ${output.ename ?? "an error"}: ${output.evalue ?? ""}`),
  );
}

export function outputsOf({ outputs }: Cell): Output[] {
  return (outputs ?? []) as Output[];
}

/** The notebook that a text holds; NaN, which JSON does not know, becomes null. */
export function parseNotebook(text: string, path: string): Notebook {
  try {
    return JSON.parse(withoutNaN(text)) as Notebook;
  } catch (cause) {
    throw new Error(`${path} is not a notebook: ${(cause as Error).message}.`, { cause });
  }
}

/** Python writes NaN and Infinity, which JSON does not know; Plotly leaves a gap where it finds null. */
function withoutNaN(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, token => (token.startsWith('"') ? token : "null"));
}

function titleOf(cells: readonly Cell[]): string | undefined {
  for (const cell of cells) {
    if (cell.cell_type !== "markdown") continue;
    const heading = /^#\s+(.+?)\s*#*$/m.exec(sourceOf(cell))?.[1];
    if (heading !== undefined) return heading.replace(/[*`$]/g, "");
  }
  return undefined;
}

function languageOf(metadata: Record<string, unknown>): string {
  const { language_info, kernelspec } = metadata as {
    language_info?: { name?: string };
    kernelspec?: { language?: string };
  };
  return (language_info?.name ?? kernelspec?.language ?? "").toLowerCase();
}
