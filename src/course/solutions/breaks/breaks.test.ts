import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { whereEngine, withoutData } from "../../../testkit/needs.ts";
import { formatNotebook, type Notebook } from "../../pair/notebook.ts";
import { toNotebook } from "../../pair/pair.ts";
import { runNotebooks } from "../../run/run.ts";
import type { Break } from "./break.ts";

const { skip: noEngine } = await whereEngine(() => import("latent"));
const long = process.env.LATENT_FULL ? false : "minutes; npm run test:full runs it";
const root = fileURLToPath(new URL("../../../..", import.meta.url));
const lectures = join(root, "notebooks", "lectures");
const lessons = readdirSync(fileURLToPath(new URL(".", import.meta.url))).filter(name => /^\d\d-.*\.js$/.test(name));

/** The claims of a notebook that was run, by their mark. */
function claims(notebook: Notebook, mark: "✓ pass" | "✗ FAIL"): string[] {
  const texts = notebook.cells.flatMap(({ outputs = [] }) => outputs as { data?: Record<string, string[]> }[]);
  const lines = texts.flatMap(({ data }) => data?.["text/plain"] ?? []);
  return lines
    .filter(line => line.startsWith(mark))
    .map(line => line.slice(mark.length).trim().split("  ")[0] as string);
}

function broken(script: string, breaks: readonly Break[]): string {
  return breaks.reduce((text, { from, to }) => {
    assert.equal(text.split(from).length, 2, `"${from}" must stand once in the script`);
    return text.replace(from, () => to);
  }, script);
}

/** Runs a script to its end, also behind checks that fail. */
async function run(script: string): Promise<Notebook> {
  const notebook = toNotebook(script);
  for (const cell of notebook.cells) cell.metadata = { ...cell.metadata, tags: ["raises-exception"] };
  const place = mkdtempSync(join(tmpdir(), "latent-breaks-"));
  try {
    const path = join(place, "broken.ipynb");
    writeFileSync(path, formatNotebook(notebook));
    assert.equal(await runNotebooks([path], { print: () => {} }), 0);
    return JSON.parse(readFileSync(path, "utf8")) as Notebook;
  } finally {
    rmSync(place, { recursive: true });
  }
}

for (const file of lessons) {
  const lesson = file.replace(/\.js$/, "");
  const { breaks } = (await import(new URL(file, import.meta.url).href)) as { breaks: Break[][] };
  const script = readFileSync(join(lectures, `${lesson}.ts`), "utf8");

  test(`every claim of ${lesson} is broken once, and every break still fits its script`, () => {
    const notebook = JSON.parse(readFileSync(join(lectures, `${lesson}.ipynb`), "utf8")) as Notebook;
    assert.deepEqual(new Set(breaks.flat().flatMap(({ fails }) => fails)), new Set(claims(notebook, "✓ pass")));
    for (const group of breaks) broken(script, group);
  });

  breaks.forEach((group, i) => {
    test(`checks of ${lesson} notice what is broken, run ${i + 1}`, {
      skip: noEngine || withoutData() || long,
    }, async () => {
      const failed = new Set(claims(await run(broken(script, group)), "✗ FAIL"));
      for (const { how, fails } of group) for (const claim of fails) assert.ok(failed.has(claim), `${how}: ${claim}`);
    });
  });
}
