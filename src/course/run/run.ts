import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { LineStream } from "../../../scripts/live-line.mjs";
import { type KernelSpec, type WithKernelOptions, withKernel } from "../../client/index.ts";
import { write } from "../pair/files.ts";
import { formatNotebook, type Notebook } from "../pair/notebook.ts";
import { type CellReport, executeNotebook } from "./execute.ts";
import { liveProgress } from "./live.ts";
import { peakMemory } from "./peak.ts";
import { reportLines } from "./report.ts";

export interface RunOptions {
  /** Where the executed notebooks are written; by default in their own place. */
  outputDir?: string;
  /** The kernel that runs them; by default ours, of this build. */
  spec?: KernelSpec;
  /** What the kernel's environment has besides this process's. */
  env?: NodeJS.ProcessEnv;
  /** How long the kernel may give no heartbeat; by default 60 s. A kernel that beats on the thread of its cells needs more. */
  heartbeatMs?: number;
  print?: (line: string) => void;
  /** Where the progress of a running cell is seen; by default nowhere. */
  live?: LineStream;
}

/**
 * Runs notebooks through a kernel, without Python. A notebook is written, in one move, only when all its cells ended
 * well; one that fails stays as it was. Returns the exit code: 0, or 1 where a cell failed.
 */
export async function runNotebooks(paths: readonly string[], options: RunOptions = {}): Promise<number> {
  const { print = console.log } = options;
  let failed = 0;
  for (const path of paths) {
    const start = performance.now();
    const { ok, peak } = await runOne(path, options, print);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const memory = peak === undefined ? "" : ` with at most ${(peak / 1e9).toFixed(2)} GB of memory`;
    const written = options.outputDir === undefined ? "" : `, written to ${options.outputDir}`;
    print(
      ok
        ? `${basename(path)}: all cells ended in ${seconds} s${memory}${written}`
        : `${basename(path)}: FAILED, no file was changed`,
    );
    if (!ok) failed++;
  }
  return failed === 0 ? 0 : 1;
}

interface Ran {
  ok: boolean;
  /** The most memory that its kernel had, in bytes, if that kernel says it. */
  peak: number | undefined;
}

async function runOne(path: string, runOptions: RunOptions, print: (line: string) => void): Promise<Ran> {
  const { outputDir, spec = ourSpec(), live } = runOptions;
  const notebook = await readNotebook(path);
  print(path);
  // Nobody reads warnings or asks for completions here, and what runs unattended is nobody's history.
  const env = { LATENT_TYPES: "off", LATENT_HISTORY: "off", ...runOptions.env };
  const options: WithKernelOptions = {
    cwd: dirname(resolve(path)),
    env,
    stderr: "inherit",
    ...(runOptions.heartbeatMs && { heartbeatMs: runOptions.heartbeatMs }),
  };
  return await withKernel(spec, options, async client => {
    const report = (cell: CellReport) => {
      for (const line of reportLines(cell)) print(line);
    };
    const ok = await executeNotebook(client, notebook, report, live && liveProgress(live));
    if (ok) await store(path, outputDir, notebook);
    return { ok, peak: await peakMemory(client) };
  });
}

async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "ENOENT" ? "there is no such file" : cause.message;
    throw new Error(`Cannot read ${path}: ${why}.`, { cause });
  });
  const notebook = parse(text, path);
  if (!Array.isArray(notebook.cells) || notebook.nbformat !== 4)
    throw new Error(`${path} is not a notebook of format 4. Open it in JupyterLab and save it once.`);
  return notebook;
}

function parse(text: string, path: string): Notebook {
  try {
    return JSON.parse(text) as Notebook;
  } catch (cause) {
    throw new Error(`${path} is not a notebook: ${(cause as Error).message}.`, { cause });
  }
}

async function store(path: string, outputDir: string | undefined, notebook: Notebook): Promise<void> {
  if (outputDir !== undefined) await mkdir(outputDir, { recursive: true });
  const target = outputDir === undefined ? path : join(outputDir, basename(path));
  await write({ path: target, text: formatNotebook(notebook), changed: true });
}

/** The kernel of this build, started as its kernelspec starts it. */
function ourSpec(): KernelSpec {
  const entry = fileURLToPath(new URL("../../cli/kernel.js", import.meta.url));
  return {
    argv: [process.execPath, entry, "{connection_file}"],
    display_name: "TypeScript (Latent)",
    language: "typescript",
  };
}
