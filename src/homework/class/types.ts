import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Runnable } from "../judge/submission.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** A cell may declare a name again; the compiler, which sees one file, may not call that an error. */
const REDECLARED = ["TS2300", "TS2393", "TS2440", "TS2451"];
const MOST = 10;

/**
 * What the compiler says of the types in submissions, by their key. One run for all of them: checking one takes as long as
 * checking a hundred, nearly. Costs no points: a program with such an error may still run right.
 */
export async function typeErrors(
  submissions: readonly { key: string; runnable: Runnable }[],
): Promise<Map<string, string[]>> {
  if (submissions.length === 0) return new Map();
  const folder = await mkdtemp(join(tmpdir(), "latent-types-"));
  try {
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(CONFIG));
    await mkdir(join(folder, "of"));
    for (const { key, runnable } of submissions) await writeFile(join(folder, "of", `${key}.ts`), scriptOf(runnable));
    return inCells(await compilerSays(folder), submissions);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const CONFIG = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "esnext",
    moduleResolution: "bundler",
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["of/*.ts"],
};

function scriptOf({ cells }: Runnable): string {
  return `${cells.map(({ source }) => source).join("\n")}\nexport {};\n`;
}

async function compilerSays(folder: string): Promise<string> {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return await new Promise((resolve, reject) => {
    // There, so that it names files as they are named in the folder.
    const options = { cwd: folder, maxBuffer: 64 * 2 ** 20, timeout: 300_000 };
    execFile(process.execPath, [tsc, "-p", folder, "--pretty", "false"], options, (error, stdout) => {
      // Exit codes 1 and 2 say that there are errors.
      if (error && typeof error.code !== "number") reject(error);
      else resolve(stdout);
    });
  });
}

function inCells(said: string, submissions: readonly { key: string; runnable: Runnable }[]): Map<string, string[]> {
  const found = new Map(submissions.map(({ key }) => [key, [] as string[]]));
  const runnables = new Map(submissions.map(({ key, runnable }) => [key, runnable]));
  for (const [, key = "", line, code = "", message] of said.matchAll(
    /^of\/(\w+)\.ts\((\d+),\d+\): error (TS\d+): (.*(?:\n {2}.*)*)$/gm,
  )) {
    const [list, runnable] = [found.get(key), runnables.get(key)];
    if (list === undefined || runnable === undefined || REDECLARED.includes(code) || list.length >= MOST) continue;
    list.push(`${placeOf(runnable, Number(line))}: ${code}: ${message}`);
  }
  return found;
}

function placeOf({ cells }: Runnable, line: number): string {
  let left = line;
  for (const [i, { id, source }] of cells.entries()) {
    const lines = source.split("\n").length;
    if (left <= lines) return `cell ${id ?? i + 1}, line ${left}`;
    left -= lines;
  }
  return "the last cell";
}
