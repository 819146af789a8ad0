import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { findBrowser } from "../../browser/index.ts";
import { code, emptyFolder, figure, isRequired, onSlide, shown, words, writeNotebook } from "../../testkit/index.ts";
import { exportDeck, printDeck } from "../index.ts";

type Cells = Parameters<typeof writeNotebook>[2];

async function exported(t: TestContext, cells: Cells, metadata?: Record<string, unknown>) {
  const deck = await exportDeck(writeNotebook(emptyFolder(t), "deck.ipynb", cells, metadata));
  return { ...deck, html: readFileSync(deck.path, "utf8") };
}

const noBrowser = findBrowser() === undefined && !isRequired("browser") ? "there is no Chromium on the PATH" : false;

test("a notebook that was never run is refused, with what to do", async t => {
  const fresh = { ...code("1 + 1"), execution_count: null };
  await assert.rejects(exported(t, [words("# Fresh"), fresh]), /was never run.*--execute/);
});

test("what is no notebook, or none of format 4, is refused with the reason", async t => {
  const folder = emptyFolder(t);
  const path = join(folder, "x.ipynb");
  await assert.rejects(exportDeck(path), /there is no such file/);
  writeFileSync(path, "{");
  await assert.rejects(exportDeck(path), /x\.ipynb is not a notebook/);
  writeFileSync(path, JSON.stringify({ worksheets: [], nbformat: 3 }));
  await assert.rejects(exportDeck(path), /not a notebook of format 4/);
});

test("an error in a cell is shown on its slide, and said at the export", async t => {
  const error = {
    output_type: "error",
    ename: "TypeError",
    evalue: "x is <null>",
    traceback: ["\u001b[31mTypeError\u001b[0m: x is <null>"],
  };
  const { html, warnings } = await exported(t, [words("# Broken"), code("x.y", [error])]);
  assert.ok(/<span class="ansi-1">TypeError<\/span>: x is &lt;null&gt;/.test(html));
  assert.deepEqual(warnings, ["cell 2 ended in TypeError: x is <null>"]);
});

test("a notebook of another kernel without any slide types has a slide for each heading", async t => {
  const cells = [words("# One"), code("def f(x): return 1"), words("text"), words("## Two"), words("### Below")];
  const { html, slides } = await exported(t, cells, { language_info: { name: "python" } });
  assert.equal(slides, 3);
  assert.ok(/hljs-keyword">def</.test(html));
  assert.equal((await exported(t, [code("1")], {})).slides, 1);
});

test("a formula that KaTeX refuses is shown as it was written, with the reason; a < in one is no tag", async t => {
  const { html } = await exported(t, [words("# F\n\n$\\frac{1}$ and $a <b> c$\n\n\\begin{align}x &= 1\\end{align}")]);
  assert.ok(/<code>\\frac\{1\}<\/code> <small>[^<]*<\/small>/.test(html));
  assert.ok(!html.includes("<b>"));
  assert.ok(/class="katex-display"/.test(html));
});

test("the content of a notebook cannot leave its place: titles, HTML and figures are closed and cleaned", async t => {
  const nasty = `</div></section></script><script>alert(1)</script><img src="https://example.org/x.png" onerror="alert(2)"><b>kept`;
  const { html, warnings } = await exported(t, [
    words("# A </script><script>alert(3)</script>"),
    code("show()", [shown({ "text/html": nasty }), figure([], { title: { text: "</script>" } }, "")]),
  ]);
  const content = html.slice(html.indexOf('<div class="reveal">'), html.indexOf('id="latent-figures"'));
  assert.ok(!/<script>alert|onerror=| src="https:/.test(content));
  assert.ok(/<b>kept<\/b>/.test(html));
  assert.equal(html.match(/<\/section>/g)?.length, html.match(/<section /g)?.length);
  assert.match(warnings.join("\n"), /https:\/\/example\.org\/x\.png is not shown/);
});

test("NaN as Python writes it, empty figures and figures of a million points are exported", {
  skip: noBrowser,
}, async t => {
  const folder = emptyFolder(t);
  const million = { type: "scatter", mode: "markers", y: Array.from({ length: 1_000_000 }, (_, i) => i % 7) };
  const path = writeNotebook(folder, "deck.ipynb", [
    code("plot()", [figure([{ y: [1, 12345.5, 2] }], {}, ""), figure([], {}, ""), figure([million], {}, "Many")]),
  ]);
  writeFileSync(path, readFileSync(path, "utf8").replace("12345.5", "NaN"));
  const { figures, bytes, warnings } = await exportDeck(path);
  assert.equal(figures, 3);
  assert.ok(bytes < 2e6, `${bytes} bytes`);
  assert.match(warnings.join(), /every 20th is shown: Many/);
});

test("a PDF has a page a slide, and one more for each slide's notes where they are asked for", {
  skip: noBrowser,
}, async t => {
  const cells = [
    words("# One", onSlide("slide", { notes: "Say it." })),
    words("## Two", onSlide("slide")),
    code("plot()", [figure([{ y: [1, 2] }], { width: 680, height: 380 }, "a line")]),
    words("## A full slide", onSlide("slide")),
    code(Array(19).fill("a.line(of, code);").join("\n")),
  ];
  const { path } = await exported(t, cells);
  const pagesIn = async (withNotes: boolean) => {
    const { path: pdf, pages } = await printDeck(path, withNotes);
    const text = readFileSync(pdf).toString("latin1");
    assert.equal(text.match(/\/Type\s*\/Page\b(?!s)/g)?.length, pages);
    return pages;
  };
  const slides = await pagesIn(false);
  assert.ok(slides === 3 || slides === 4, `${slides}`); // a figure may stand on a slide behind its code
  assert.equal(await pagesIn(true), slides + 1);
});

test("without Chromium a PDF is refused in one sentence, and the deck is there all the same", async t => {
  const { path: deck } = await exported(t, [words("# One")]);
  const before = process.env.PATH;
  process.env.PATH = emptyFolder(t);
  t.after(() => {
    process.env.PATH = before;
  });
  await assert.rejects(
    printDeck(deck, false),
    /^Error: A PDF is printed by Chromium, and there is none on the PATH[^.]*\.$/,
  );
});

test("a slide's foot leads back to its section of the notebook, by the name that JupyterLab gives to headings", async t => {
  const cells = [words("# One"), words("## The `second` part", onSlide("slide")), code("1", [], onSlide("subslide"))];
  const { html } = await exported(t, cells);
  const links = [...html.matchAll(/<div class="foot"><a href="([^"]*)"/g)].map(([, href = ""]) =>
    decodeURIComponent(href),
  );
  assert.deepEqual(links, ["deck.ipynb#One", "deck.ipynb#The-second-part", "deck.ipynb#The-second-part"]);
});
