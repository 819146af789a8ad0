import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser, openBrowser, openPage, walkPage } from "../../browser/index.ts";
import {
  code,
  emptyFolder,
  figure,
  planeExplorer,
  shown,
  skipBrowser,
  words,
  writeNotebook,
} from "../../testkit/index.ts";
import { exportSite } from "../index.ts";

const notebooks = fileURLToPath(new URL("../../../notebooks/", import.meta.url));
const long = process.env.LATENT_FULL ? false : "minutes: npm run test:full runs it";
const SCREENS = [
  { width: 1280, height: 900 },
  { width: 820, height: 1100 },
  { width: 360, height: 740 },
];

const curve = { type: "scatter", x: [1, 2, 3], y: [3, 12345.5, 1], name: "loss" };
const titled = (text: string) => ({ title: { text }, width: 680, height: 380, font: { size: 13 } });

/** A course of two lessons with all that may go wrong on a page. */
function writeCourse(t: TestContext): string {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "lectures"));
  const table = "| | lesson | asks |\n| --- | --- | --- |\n| **01** | [One](lectures/01-one.ipynb) | What is $x$? |";
  writeNotebook(folder, "index.ipynb", [
    words("# A course\n\nFor all. See [two](lectures/02-two.ipynb#second-part) and [none](lectures/99-none.ipynb)."),
    words(`## The lessons\n\n${table}`),
    words("## How\n\nSo."),
    words("## Glossary\n\n**Code:** what an encoder gives."),
  ]);
  const explorer = planeExplorer();
  writeNotebook(
    join(folder, "lectures"),
    "01-one.ipynb",
    [
      words("# Lesson 01 · One </script><b>bold</b>\n\nIf $a < b$ then $\\unknown{x}$. The word **krämerisch**."),
      words("SECRET", { slideshow: { slide_type: "notes" } }),
      code(`const long = "${"x".repeat(300)}";`, [
        figure(
          [curve],
          titled("A title </script> that is much too long for a telephone and so has to be broken"),
          "Curves",
        ),
        figure([curve], titled("The same"), "Curves"),
        figure([], {}, ""),
      ]),
      words(`## A wide table\n\n${"x".repeat(200)}\n\n$$${"a_1 + ".repeat(60)}b$$`),
      code("wide()", [
        shown({
          "text/html": `<table><tr>${"<td>cell of a wide table</td>".repeat(14)}</tr></table></div></section><script>fetch("https://example.org")</script><img src="https://example.org/x.png">`,
        }),
      ]),
      words("## An explorer"),
      code("explore.plane(model)", [explorer.output]),
      code("x.y", [{ output_type: "error", ename: "TypeError", evalue: "x is <null>", traceback: [] }]),
    ],
    explorer.metadata,
  );
  writeNotebook(
    join(folder, "lectures"),
    "02-two.ipynb",
    [
      words("# Lesson 02 · Two\n\nBack to [the first](01-one.ipynb), or to [the index](../index.ipynb)."),
      words("## Second part\n\nWords."),
      words("## Second part"),
      code("1 + 1"),
    ],
    {},
  );
  const one = join(folder, "lectures", "01-one.ipynb");
  writeFileSync(one, readFileSync(one, "utf8").replaceAll("12345.5", "NaN"));
  return folder;
}

interface Made {
  folder: string;
  warnings: string[];
  pages: { place: string; bytes: number }[];
  address: (place: string) => string;
}

async function exported(t: TestContext, course: string, only: string[] = []): Promise<Made> {
  const folder = join(emptyFolder(t), "site");
  const made = await exportSite(course, folder, only);
  return { folder, ...made, address: place => pathToFileURL(join(folder, place)).href };
}

/** Links that lead to no file of the site, or to no place in it. */
function brokenLinks(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".html"));
  return files.flatMap(name => {
    const from = join(folder, name);
    const html = readFileSync(from, "utf8").replace(/<script\b[\s\S]*?<\/script>/g, "");
    const links = [...html.matchAll(/<(?:a|link|img)\b[^>]* (?:href|src)="([^"]*)"/g)].map(([, href = ""]) => href);
    return links
      .filter(href => !/^(https?|mailto|data):/.test(href) && !leadsSomewhere(from, href))
      .map(href => `${name}: ${href}`);
  });
}

function leadsSomewhere(from: string, href: string): boolean {
  const [file = "", fragment = ""] = href.replaceAll("&amp;", "&").split("#");
  const target = file === "" ? from : resolve(dirname(from), decodeURI(file));
  if (!existsSync(target)) return false;
  if (fragment === "" || fragment.startsWith("/")) return true; // a deck's own address of a slide
  const ids = readFileSync(target, "utf8").matchAll(/ id="([^"]*)"/g);
  return [...ids].some(([, id]) => id === decodeURIComponent(fragment) || id === fragment);
}

async function opened(t: TestContext, options = {}) {
  const browser = await openBrowser(findBrowser() as string, options);
  const asked: string[] = [];
  browser.page.on("request", request => asked.push(request.url()));
  t.after(browser.close);
  return { ...browser, asked };
}

/** Walks every page at each width: all is drawn and inside, nothing is asked for elsewhere, nothing is wrong. */
async function walkAll(t: TestContext, { folder, pages, address }: Made): Promise<void> {
  const { page, asked, complaints } = await opened(t);
  for (const { place, bytes } of pages.filter(({ place }) => !place.endsWith(".slides.html"))) {
    assert.ok(bytes <= 1e6, `${place} has ${bytes} bytes`);
    for (const screen of SCREENS) {
      await openPage(page, address(place), screen);
      const { figures, explorers, drawn, failures, wide } = await walkPage(page);
      assert.deepEqual(
        { failures, wide, drawn },
        { failures: [], wide: [], drawn: figures + explorers },
        `${place} ${screen.width}`,
      );
    }
  }
  const elsewhere = asked.filter(url => !/^(data|blob):/.test(url) && !url.startsWith(pathToFileURL(folder).href));
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(complaints, []);
}

test("a site of a course with all that may go wrong", { skip: skipBrowser }, async t => {
  const made = await exported(t, writeCourse(t));
  const { folder, address, warnings } = made;

  await t.test(
    "opens from files: links lead somewhere, figures and explorers run, on screens and telephones",
    async t => {
      assert.deepEqual(brokenLinks(folder), []);
      await walkAll(t, made);
    },
  );

  await t.test("carries no script of a notebook, and says what it leaves out", () => {
    const said = [/^01-one: .*example\.org/, /^01-one: .*TypeError/, /^index: .*99-none/];
    assert.equal(warnings.length, said.length);
    for (const [i, pattern] of said.entries()) assert.match(warnings[i] as string, pattern);
    const html = readFileSync(join(folder, "lessons/01-one.html"), "utf8");
    assert.ok(!/<script|onerror| src="https:/.test(html.slice(html.indexOf("<article>"))));
    assert.equal(html.match(/<section /g)?.length, html.match(/<\/section>/g)?.length);
  });

  await t.test("finds sections of all lessons and leads to them", async t => {
    const { page } = await opened(t);
    await openPage(page, address("lessons/02-two.html"), { width: 360, height: 740 });
    await page.keyboard.press("/");
    await page.keyboard.type("kramer");
    await page.locator(".found a").first().waitFor();
    assert.deepEqual(await page.locator(".found mark").allTextContents(), ["krämer"]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/01-one\.html#/);
    await page.locator(".search input").fill("nowhere-at-all");
    await page.locator(".count", { hasText: "Nothing was found." }).waitFor();
  });

  await t.test("keeps the theme that a reader chose; paper is light and shows no controls", async t => {
    const { page } = await opened(t);
    const paper = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await openPage(page, address("index.html"), { width: 1280, height: 900 });
    assert.equal(await paper(), "rgb(255, 255, 255)");
    await page.locator(".theme").click();
    await openPage(page, address("lessons/02-two.html"), { width: 1280, height: 900 });
    assert.equal(await paper(), "rgb(21, 23, 28)");
    await page.emulateMedia({ media: "print" });
    assert.equal(await paper(), "rgb(255, 255, 255)");
    assert.equal(await page.locator(".top, .neighbours, .contents").filter({ visible: true }).count(), 0);
  });

  await t.test("shows text and a picture of each figure where scripts are off", async t => {
    const { page } = await opened(t, { javaScriptEnabled: false });
    await page.goto(address("lessons/01-one.html"));
    const stills = page.locator("img.still");
    assert.equal(await stills.count(), 3);
    for (const still of await stills.all()) assert.ok(((await still.boundingBox())?.width ?? 0) > 200);
    assert.equal(await page.locator(".search input").isVisible(), false);
    // biome-ignore lint/performance/useDomNodeTextContent: only what a reader sees counts
    assert.ok(!(await page.locator("main").innerText()).includes("SECRET"));
  });
});

test("an export replaces the last one whole, and leaves it where a lesson cannot be exported", async t => {
  const course = writeCourse(t);
  const { folder } = await exported(t, course, ["02"]);
  const before = readdirSync(join(folder, "lessons")).sort();
  assert.deepEqual(before, ["02-two.html", "02-two.ipynb", "02-two.slides.html"]);
  writeNotebook(join(course, "lectures"), "03-new.ipynb", [words("# New"), { ...code("1"), execution_count: null }]);
  await assert.rejects(exportSite(course, folder), /03-new\.ipynb was never run/);
  await assert.rejects(exportSite(course, folder, ["77"]), /has no such lesson: 77/);
  assert.deepEqual(readdirSync(join(folder, "lessons")).sort(), before);
  assert.deepEqual(readdirSync(dirname(folder)), ["site"]);
});

test("without Chromium a figure that has no still is told in words until it is drawn", async t => {
  const before = process.env.PATH;
  process.env.PATH = emptyFolder(t);
  t.after(() => {
    process.env.PATH = before;
  });
  const { folder } = await exported(t, writeCourse(t), ["01"]);
  assert.ok(readFileSync(join(folder, "lessons/01-one.html"), "utf8").includes('<p class="words">Curves</p>'));
});

test("a folder that is no site of ours is not replaced", async t => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "thesis.txt"), "mine");
  await assert.rejects(exportSite(writeCourse(t), folder), /no site of Latent's/);
  assert.deepEqual(readdirSync(folder), ["thesis.txt"]);
});

test("lesson 04 is a page with live figures and an explorer", { skip: skipBrowser }, async t => {
  const made = await exported(t, notebooks, ["04"]);
  assert.deepEqual([made.warnings, brokenLinks(made.folder)], [[], []]);
  await walkAll(t, made);
});

test("the whole course is a site", { skip: long || skipBrowser }, async t => {
  const made = await exported(t, notebooks);
  assert.deepEqual([made.warnings, brokenLinks(made.folder)], [[], []]);
  await walkAll(t, made);
});
