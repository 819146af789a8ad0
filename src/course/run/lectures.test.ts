import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { KernelSpec } from "../../client/index.ts";
import { installKernelspec, placesOf } from "../../setup/index.ts";
import { emptyFolder, isRequired, whereEngine, withoutData } from "../../testkit/index.ts";
import type { Notebook } from "../pair/notebook.ts";
import { type RunOptions, runNotebooks } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lectures = join(root, "notebooks", "lectures");
const lessons = readdirSync(lectures).filter(name => /^\d\d-.*\.ipynb$/.test(name));
const python = join(root, ".venv", "bin", "python");
const { skip: noEngine } = await whereEngine(() => import("../../latent/index.ts"));
const noPython = existsSync(python) || isRequired("python") ? false : "there is no .venv; npm start makes it";
const long = process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it";
/** What a lesson may take, so that two of them are open on a laptop of 8 GB. */
const MOST_GB = 1.2;
/** One lesson stands for all in `npm test`: one that trains on MNIST, and a quick one where that is not the point. */
const standIn = { training: "01", quick: "12" };
const unlessItIs = (number: string, lesson: string) => (lesson.startsWith(number) ? false : long);

/** tslab beats between cells only: on a machine at a load of 18 a map of lesson 02 took longer than a minute. */
const TSLAB_BEAT_MS = 600_000;

/** Stock tslab, by the very kernelspec that set-up registers. */
async function tslab(t: TestContext): Promise<KernelSpec> {
  const folder = await installKernelspec(placesOf(root.replace(/\/$/, "")), emptyFolder(t), "tslab");
  return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as KernelSpec;
}

/** What the check cells of a notebook that was run said. */
function checkLines(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as Notebook;
  const texts = cells.flatMap(({ outputs = [] }) => outputs.map(output => JSON.stringify(output)));
  return texts.join("\n").match(/[✓✗] (?:pass|FAIL)[^"\\]*/g) ?? [];
}

/** Runs a lesson in its own folder, writes it elsewhere, and sees its checks pass. */
async function passes(t: TestContext, lesson: string, options: RunOptions = {}): Promise<void> {
  const outputDir = emptyFolder(t);
  const lines: string[] = [];
  const code = await runNotebooks([join(lectures, lesson)], {
    ...options,
    outputDir,
    print: line => lines.push(line),
  });
  assert.equal(code, 0, lines.join("\n"));
  const memory = /with at most (\d+\.\d\d) GB of memory/.exec(lines.at(-1) ?? "")?.[1];
  if (options.spec === undefined) assert.ok(Number(memory) <= MOST_GB, `${memory} GB of memory`);
  const checks = checkLines(join(outputDir, lesson));
  assert.ok(checks.length >= 3 && checks.every(line => line.startsWith("✓ pass")), checks.join("\n"));
}

for (const lesson of lessons) {
  const stored = checkLines(join(lectures, lesson));

  test(`the checks that ${lesson} is stored with all passed`, () => {
    assert.ok(stored.length >= 5 && stored.every(line => line.startsWith("✓ pass")), stored.join("\n"));
  });

  test(
    `${lesson} trains on real data through our kernel, and its checks pass`,
    {
      skip: noEngine || withoutData() || unlessItIs(standIn.training, lesson),
    },
    async t => passes(t, lesson),
  );

  test(
    `${lesson} passes on digits that are drawn, where no data can be had`,
    {
      skip: noEngine || long,
    },
    async t => passes(t, lesson, { env: withoutAnyData(t) }),
  );

  test(
    `${lesson} passes on the stock tslab kernel`,
    {
      skip: noEngine || withoutData() || long || withoutLink(),
    },
    async t => passes(t, lesson, { spec: await tslab(t), heartbeatMs: TSLAB_BEAT_MS }),
  );

  test(`${lesson} passes through nbclient, which finds our kernel by its kernelspec`, {
    skip: noEngine || withoutData() || noPython || unlessItIs(standIn.quick, lesson),
  }, async t => {
    // In the lessons' own folder, under another name: `latent` is the package that this folder belongs to.
    const copy = join(emptyFolder(t), "lesson.ipynb");
    copyFileSync(join(lectures, lesson), copy);
    const program = [
      "import sys, nbformat, nbclient",
      "notebook = nbformat.read(sys.argv[1], 4)",
      "nbclient.NotebookClient(notebook, kernel_name='typescript', resources={'metadata': {'path': sys.argv[2]}}).execute()",
      "nbformat.write(notebook, sys.argv[1])",
    ].join("\n");
    await promisify(execFile)(python, ["-c", program, copy, lectures]);
    const checks = checkLines(copy);
    assert.ok(checks.length >= 3 && checks.every(line => line.startsWith("✓ pass")), checks.join("\n"));
  });
}

/** The environment of a machine that has the engine, and neither data nor network. */
function withoutAnyData(t: TestContext): NodeJS.ProcessEnv {
  return { LATENT_DATA: "", LATENT_CACHE: emptyFolder(t), LATENT_OFFLINE: "1" };
}

/** tslab knows no package's reference to itself: `latent` has to lie among the packages. */
function withoutLink(): string | false {
  return existsSync(join(root, "node_modules", "latent"))
    ? false
    : "node_modules/latent is not there; npm start makes it";
}
