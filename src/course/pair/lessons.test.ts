import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { notebookOf } from "./files.ts";
import { type Notebook, sourceOf } from "./notebook.ts";
import { type PercentCell, parsePercent } from "./percent.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lectures = join(root, "notebooks", "lectures");
const lessons = readdirSync(lectures).filter(name => /^\d\d-.*\.ts$/.test(name));

/** VS Code's Jupyter renderers know these, and so do JupyterLab and Notebook 7 with PyPI's plotly and anywidget. */
const DRAWN_EVERYWHERE = new Set([
  "application/vnd.plotly.v1+json",
  "application/vnd.jupyter.widget-view+json",
  "text/plain",
  "text/html",
  "text/markdown",
  "image/png",
]);

/** What of a notebook its script determines. */
function fromScript({ cells }: Notebook) {
  return cells.map(cell => ({ type: cell.cell_type, id: cell.id, metadata: cell.metadata, source: sourceOf(cell) }));
}

for (const lesson of lessons) {
  const script = join(lectures, lesson);

  test(`the notebook of ${lesson} is the one its script makes (npm run notebooks)`, async () => {
    const { path, text } = await notebookOf(script);
    assert.deepEqual(fromScript(JSON.parse(readFileSync(path, "utf8"))), fromScript(JSON.parse(text)));
  });

  test(`the notebook of ${lesson} was run from top to bottom without an error`, async () => {
    const { cells } = JSON.parse(readFileSync(script.replace(/ts$/, "ipynb"), "utf8")) as Notebook;
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    assert.deepEqual(
      code.map(({ execution_count }) => execution_count),
      code.map((_, i) => i + 1),
    );
    const types = code.flatMap(({ outputs }) => outputs as { output_type: string }[]).map(o => o.output_type);
    assert.ok(!types.includes("error"));
  });

  test(`what ${lesson} shows is of kinds that JupyterLab, Notebook 7 and VS Code all draw`, () => {
    const { cells } = JSON.parse(readFileSync(script.replace(/ts$/, "ipynb"), "utf8")) as Notebook;
    const outputs = cells.flatMap(cell => (cell.outputs ?? []) as { data?: object }[]);
    const kinds = new Set(outputs.flatMap(({ data = {} }) => Object.keys(data)));
    assert.ok(kinds.has("application/vnd.plotly.v1+json") && kinds.has("text/plain"));
    for (const kind of kinds) assert.ok(DRAWN_EVERYWHERE.has(kind), kind);
  });

  test(`every widget of ${lesson} is stored with its state`, () => {
    const { cells, metadata } = JSON.parse(readFileSync(script.replace(/ts$/, "ipynb"), "utf8")) as Notebook;
    const outputs = cells.flatMap(cell => (cell.outputs ?? []) as { data?: Record<string, { model_id?: string }> }[]);
    const shown = outputs.flatMap(({ data }) => data?.["application/vnd.jupyter.widget-view+json"]?.model_id ?? []);
    const { widgets } = metadata as { widgets?: Record<string, { state: object }> };
    const stored = Object.keys(widgets?.["application/vnd.jupyter.widget-state+json"]?.state ?? {});
    assert.deepEqual(
      shown.filter(id => !stored.includes(id)),
      [],
    );
  });

  test(`no cell of ${lesson} has more than 20 lines, and its notebook stays below 1 MB`, () => {
    for (const { type, source } of parsePercent(readFileSync(script, "utf8"))) {
      if (type === "code") assert.ok(source.split("\n").length <= 20, source);
    }
    assert.ok(readFileSync(script.replace(/ts$/, "ipynb")).length < 1_000_000);
  });

  test(`${lesson} is a deck of 25 slides at most, and its lecturer has a note on each`, () => {
    const cells = parsePercent(readFileSync(script, "utf8"));
    const slides = cells.filter(isSlide);
    assert.ok(slides.length > 5 && slides.length <= 25, `${slides.length} slides`);
    for (const { metadata, source } of slides) assert.equal(typeof metadata.notes, "string", source);
  });

  test(`${lesson} has 1,500 to 2,500 words up to its last slide, and half of its cells eight lines or fewer`, () => {
    const cells = parsePercent(readFileSync(script, "utf8"));
    const lecture = cells.slice(0, cells.findLastIndex(isSlide) + 1); // behind it stands the appendix
    const words = lecture.filter(({ type }) => type === "markdown").flatMap(({ source }) => wordsOf(source)).length;
    assert.ok(words >= 1500 && words <= 2500, `${words} words`);
    const lines = cells.filter(({ type }) => type === "code").map(({ source }) => source.split("\n").length);
    const median = lines.sort((a, b) => a - b)[Math.floor(lines.length / 2)] as number;
    assert.ok(median <= 8, `median of ${median} lines`);
  });
}

test("what lesson 14 quotes of its long trainings stands in their logs", () => {
  const script = readFileSync(join(lectures, "14-latent-spaces.ts"), "utf8");
  const [, quoted = ""] = script.match(/const logged = \[([^\]]*)\]/) ?? [];
  const logs = ["14-vae-2", "14-svae-2"].map(name =>
    readFileSync(join(root, "notebooks", "weights", `${name}.log`), "utf8"),
  );
  assert.deepEqual(
    quoted.split(",").map(Number),
    logs.map(log => Number(log.match(/log p\(x\) (-[\d.]+) nats/)?.[1])),
  );
});

interface SlideShow {
  slide_type: string;
}

function isSlide({ metadata }: PercentCell): boolean {
  return (metadata.slideshow as SlideShow | undefined)?.slide_type === "slide";
}

/** The words of a Markdown text; a formula counts as one, an address and a tag as none. */
function wordsOf(source: string): string[] {
  const prose = source.replace(/\$\$[\s\S]*?\$\$|\$[^$]*\$/g, " formula ").replace(/\]\(http[^)]*\)|<[^>]*>/g, " ");
  return prose.split(/\s+/).filter(word => /\w/.test(word));
}

const index = join(root, "notebooks", "index.ts");

test("the notebook of the index is the one its script makes, and was run without an error", async () => {
  const { path, text } = await notebookOf(index);
  const stored = JSON.parse(readFileSync(path, "utf8")) as Notebook;
  assert.deepEqual(fromScript(stored), fromScript(JSON.parse(text)));
  const outputs = stored.cells.flatMap(cell => (cell.outputs ?? []) as { output_type: string }[]);
  assert.ok(outputs.length > 0 && outputs.every(({ output_type }) => output_type !== "error"));
});

test("the index leads to every lesson by its title, and nowhere else", () => {
  const links = [...readFileSync(index, "utf8").matchAll(/\[([^\]]+)\]\(lectures\/([^)]+)\)/g)];
  const titles = lessons.map(lesson => {
    const [, title] = readFileSync(join(lectures, lesson), "utf8").match(/^\/\/ # Lesson \d\d · (.+)$/m) ?? [];
    return [title, lesson.replace(/ts$/, "ipynb")];
  });
  assert.ok(titles.length > 0);
  assert.deepEqual(
    links.map(([, title, name]) => [title, name]),
    titles,
  );
});

test("each row of the index has a cover picture with words for it, and the notebook carries the pictures", async () => {
  const rows = readFileSync(index, "utf8").match(/^\/\/ \|.*\(lectures\/.*$/gm) ?? [];
  const names = rows.map(row => row.match(/!\[[^\]]{10,}\]\(attachment:(\d\d\.png)\)/)?.[1]);
  assert.deepEqual(
    names,
    lessons.map(lesson => `${lesson.slice(0, 2)}.png`),
  );
  const { cells } = JSON.parse(readFileSync(index.replace(/ts$/, "ipynb"), "utf8")) as Notebook;
  const carried = Object.assign({}, ...cells.map(({ attachments }) => attachments)) as Record<string, object>;
  for (const name of names as string[]) {
    const picture = readFileSync(join(root, "notebooks", "covers", name)).toString("base64");
    assert.deepEqual(carried[name], { "image/png": picture });
  }
});

test("every lesson and the index pass the type checker", () => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  for (const folder of [lectures, join(root, "notebooks")]) {
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
  }
});
