import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser, openBrowser, openDeck, type SeenSlide, walkDeck } from "../../browser/index.ts";
import {
  code,
  emptyFolder,
  figure,
  isRequired,
  onSlide,
  planeExplorer,
  shown,
  words,
  writeNotebook,
} from "../../testkit/index.ts";
import { exportDeck, printDeck } from "../index.ts";

const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];
const lectures = fileURLToPath(new URL("../../../notebooks/lectures/", import.meta.url));
const noBrowser = findBrowser() === undefined && !isRequired("browser") ? "there is no Chromium on the PATH" : false;
const long = process.env.LATENT_FULL ? false : "minutes: npm run test:full runs it";

const curve = { type: "scatter", x: [1, 2, 3], y: [3, null, 1], name: "loss" };
const titled = (text: string) => ({ title: { text }, width: 680, height: 380, font: { size: 13 } });

/** A deck with all that may go wrong on a slide. */
function everything(folder: string): string {
  const longCode = Array.from({ length: 60 }, (_, i) => `const line${i}: number = ${i}; // ${"-".repeat(60)}`).join(
    "\n",
  );
  const row = (i: number) =>
    `<tr>${Array.from({ length: 14 }, (_, j) => `<td>column ${j} row ${i}</td>`).join("")}</tr>`;
  const rows = Array.from({ length: 30 }, (_, i) => row(i)).join("");
  const explorer = planeExplorer();
  const cells = [
    words(
      "# A deck </script><b>bold</b>\n\nIf $a < b$ then $\\hat x = \\sigma(z)$, and $\\unknown{x}$.",
      onSlide("slide", { notes: "SECRET one" }),
    ),
    words("A line that comes later.", onSlide("fragment")),
    words("## Sixty lines", onSlide("slide")),
    code(longCode),
    words("## Steps", onSlide("slide")),
    code("first();\nsecond();", [], { slideshow: { slide_type: "-", lines: "1|2" } }),
    words("## Left out", onSlide("skip")),
    words("SECRET two", onSlide("notes")),
    words("## A wide table", onSlide("slide")),
    code("wide()", [
      shown({
        "text/html": `<table><thead>${row(-1)}</thead><tbody>${rows}</tbody></table></div></section><script>fetch("https://example.org")</script>`,
      }),
    ]),
    words("## Figures\n\nTwo of one kind.", onSlide("subslide")),
    code("plot()", [
      figure([curve], titled("One </script> <b>title</b>"), "Curves: loss"),
      figure([curve], titled("The same"), "Curves: loss"),
    ]),
    words("## Empty", onSlide("slide")),
    code("plot()", [figure([], {}, "")]),
    words("## An explorer", onSlide("slide")),
    code("explore.plane(model)", [explorer.output]),
    words(`${"A long word: ".repeat(20)}${"x".repeat(300)}\n\n$$${"a_1 + ".repeat(60)}b$$`, onSlide("slide")),
  ];
  return writeNotebook(folder, "everything.ipynb", cells, explorer.metadata);
}

async function exported(t: TestContext, notebook: string) {
  const deck = await exportDeck(notebook, { outputDir: emptyFolder(t) });
  return { ...deck, html: readFileSync(deck.path, "utf8"), address: pathToFileURL(deck.path).href };
}

/** Walks a deck at each size; nothing is asked for, nothing is wrong, all is inside, drawn and large enough. */
async function walkAll(t: TestContext, address: string): Promise<SeenSlide[]> {
  const opened = await openBrowser(findBrowser() as string);
  t.after(opened.close);
  const asked: string[] = [];
  opened.page.on("request", request => asked.push(request.url()));
  let slides: SeenSlide[] = [];
  for (const screen of SCREENS) {
    await openDeck(opened.page, address, screen);
    slides = await walkDeck(opened.page);
    for (const { id, outside, smallest, figures, explorers, drawn, failures, showsNotes } of slides) {
      const where = `slide ${id} at ${screen.width} by ${screen.height}`;
      assert.deepEqual(failures, [], where);
      assert.deepEqual(outside, [], where);
      assert.ok(smallest >= 15.99, `${where}: letters of ${smallest} pixels`);
      assert.equal(drawn, figures + explorers, where);
      assert.equal(showsNotes, false, where);
    }
  }
  const elsewhere = asked.filter(url => !/^(data|blob):/.test(url) && url.split("#")[0] !== address);
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(opened.complaints, []);
  return slides;
}

/** The text of each page of the print view; none where an explorer tells what it has drawn by chance. */
async function printedTexts(t: TestContext, address: string): Promise<string[]> {
  const { page, close } = await openBrowser(findBrowser() as string);
  t.after(close);
  await openDeck(page, `${address}?print`, { width: 1280, height: 720 });
  const texts = await page.evaluate<string[]>(
    "[...document.querySelectorAll('section.slide > .content')].map(slide => slide.querySelector('[data-widget]') ? '' : slide.innerText)",
  );
  return texts.map(text => textOf({ text, explorers: 0 }));
}

function textOf({ text, explorers }: { text: string; explorers: number }): string {
  return explorers > 0 ? "" : text.replace(/\s+/g, " ").trim();
}

test("a deck opens without a request, and every slide of it fits three screens", { skip: noBrowser }, async t => {
  const deck = await exported(t, everything(emptyFolder(t)));
  assert.ok(deck.bytes < 2e6, `${deck.bytes} bytes`);
  const slides = await walkAll(t, deck.address);
  const all = slides.map(({ text }) => text).join("\n");
  for (const word of ["A line that comes later", "line59", "column 13 row 29", "Undefined control sequence"])
    assert.ok(all.includes(word), `${word} is on a slide`);
  for (const word of ["SECRET", "Left out"]) assert.ok(!all.includes(word), `${word} is on no slide`);
  assert.ok(slides.filter(({ id }) => id.startsWith("cell-2")).length > 1, "sixty lines take more than one slide");
  assert.equal(
    slides.reduce((sum, { figures }) => sum + figures, 0),
    3,
  );
  assert.equal(
    slides.reduce((sum, { explorers }) => sum + explorers, 0),
    1,
  );
});

test("in a deck an explorer answers without a kernel", { skip: noBrowser }, async t => {
  const deck = await exported(t, everything(emptyFolder(t)));
  const { page, close } = await openBrowser(findBrowser() as string);
  t.after(close);
  await openDeck(page, `${deck.address}#/cell-14`, SCREENS[0] as { width: number; height: number });
  const surface = page.locator("section.present canvas.surface");
  await surface.focus();
  const pictures = page.locator("section.present .latent-explorer .pictures");
  // biome-ignore lint/performance/useDomNodeTextContent: only what a reader sees counts
  const before = await pictures.innerText();
  await page.keyboard.press("ArrowRight");
  await page
    .locator("section.present .latent-explorer .pictures", { hasNotText: before.split("\n")[0] as string })
    .waitFor();
});

test("the key D makes a deck dark: its paper as well as its ink", { skip: noBrowser }, async t => {
  const deck = await exported(t, writeNotebook(emptyFolder(t), "dark.ipynb", [words("# Dark")]));
  const { page, close } = await openBrowser(findBrowser() as string);
  t.after(close);
  await openDeck(page, deck.address, { width: 1280, height: 720 });
  const colours = () =>
    page.evaluate(
      "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color].join(' ')",
    );
  assert.equal(await colours(), "rgb(255, 255, 255) rgb(29, 34, 48)");
  await page.keyboard.press("d");
  assert.equal(await colours(), "rgb(21, 23, 28) rgb(233, 235, 240)");
});

test("on paper a slide is as large as on the screen, and not as tall as its text", { skip: noBrowser }, async t => {
  const deck = await exported(t, writeNotebook(emptyFolder(t), "paper.ipynb", [words("# Paper")]));
  const { page, close } = await openBrowser(findBrowser() as string);
  t.after(close);
  await page.emulateMedia({ media: "print" });
  await openDeck(page, `${deck.address}?print`, { width: 1280, height: 720 });
  assert.equal((await page.locator("section.slide").boundingBox())?.height, 720);
});

test("where scripts are off a deck is one readable page, its figures are stills, and its notes are hidden", {
  skip: noBrowser,
}, async t => {
  const deck = await exported(t, everything(emptyFolder(t)));
  const opened = await openBrowser(findBrowser() as string, { javaScriptEnabled: false });
  t.after(opened.close);
  await opened.page.goto(deck.address);
  // biome-ignore lint/performance/useDomNodeTextContent: only what a reader sees counts
  const text = await opened.page.locator("body").innerText();
  assert.match(text, /line59/);
  assert.doesNotMatch(text, /SECRET/);
  const stills = opened.page.locator("img.still");
  assert.equal(await stills.count(), 3);
  for (const still of await stills.all()) assert.ok(((await still.boundingBox())?.width ?? 0) > 200);
});

test("a deck without figures is small", async t => {
  const text = "Text with $x^2$ and $\\mathcal N(0, 1)$.\n\n".repeat(40);
  const deck = await exported(t, writeNotebook(emptyFolder(t), "small.ipynb", [words(`# Small\n\n${text}`)]));
  assert.ok(deck.bytes < 700_000, `${deck.bytes} bytes`);
});

for (const name of readdirSync(lectures).filter(name => name.endsWith(".ipynb")))
  test(`the deck of ${name} fits three screens`, { skip: long || noBrowser }, async t => {
    const deck = await exported(t, join(lectures, name));
    // The weights of explorers are as large as Plotly.
    assert.ok(deck.bytes < (deck.explorers > 0 ? 3e6 : 2e6), `${deck.bytes} bytes`);
    const slides = await walkAll(t, deck.address);
    assert.ok(slides.length >= deck.slides);
    // The same slides on paper: as many pages, and on each the words of its slide.
    assert.deepEqual(await printedTexts(t, deck.address), slides.map(textOf));
    const pdf = readFileSync((await printDeck(deck.path, false)).path).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, slides.length);
  });

test("the links of a deck in another folder lead to what the notebook's lead to", async t => {
  const folder = emptyFolder(t);
  const said = "# One\n\n[next](02%20two.ipynb#Here), [below](deep/a.ts), [site](https://example.org/), [here](#One)";
  const notebook = writeNotebook(folder, "one.ipynb", [words(said, onSlide("slide")), code("1")]);
  const outputDir = join(folder, "out", "decks");
  mkdirSync(outputDir, { recursive: true });
  const linksIn = async (options: { outputDir?: string }) => {
    const { path } = await exportDeck(notebook, options);
    const html = readFileSync(path, "utf8");
    return [...(html.split("<script")[0] as string).matchAll(/<a\b[^>]* href="([^"]*)"/g)].map(([, href]) => href);
  };
  const everywhere = ["https://example.org/", "#One"];
  assert.deepEqual(await linksIn({}), ["02%20two.ipynb#Here", "deep/a.ts", ...everywhere, "one.ipynb#One"]);
  const up = "../../";
  assert.deepEqual(await linksIn({ outputDir }), [
    `${up}02%20two.ipynb#Here`,
    `${up}deep/a.ts`,
    ...everywhere,
    `${up}one.ipynb#One`,
  ]);
});
