import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lectures = join(root, "notebooks", "lectures");
const lessons = readdirSync(lectures).filter(name => /^\d\d-.*\.ts$/.test(name));
const lessonOf = (number: string) => lessons.find(name => name.startsWith(`${number}-`));

interface Row {
  slide: string;
  says: string;
  lesson: string;
  section: string;
}

/** The rows of the tables of docs/slides.md. A row without a slide belongs to the one above. */
function rowsOf(page: string): Row[] {
  const cells = page.split("\n").flatMap(line => {
    const row = line.match(/^\| (.*?) ?\| (.+) \| (\d\d) \| (.+) \|$/);
    return row === null ? [] : [row.slice(1).map(cell => cell.trim())];
  });
  let above = "";
  return cells.map(([slide = "", says = "", lesson = "", section = ""]) => {
    above = slide || above;
    return { slide: above, says, lesson, section };
  });
}

const headingsOf = (script: string) => [...script.matchAll(/^\/\/ ##+ (.+)$/gm)].map(([, heading]) => heading);
const page = readFileSync(join(root, "docs", "slides.md"), "utf8");
const rows = rowsOf(page);

test("every section that the table of slides names stands in its lesson under this name", () => {
  for (const { lesson, section, says } of rows) {
    const name = lessonOf(lesson);
    assert.ok(name, `${says}: there is no lesson ${lesson}`);
    const headings = headingsOf(readFileSync(join(lectures, name), "utf8"));
    assert.ok(headings.includes(section), `${says}: ${name} has no section ${section}, but ${headings.join(" / ")}`);
  }
});

test("the table of slides reads every row of its page, and leads to every lesson", () => {
  const written = page.split("\n").filter(line => line.startsWith("|") && !/^\| (slide|---)/.test(line));
  assert.equal(rows.length, written.length);
  const numbers = Array.from({ length: 16 }, (_, i) => `${i + 1}`.padStart(2, "0"));
  assert.deepEqual([...new Set(rows.map(({ lesson }) => lesson))].sort(), numbers);
});

test("no statement of the slides stands twice under the same slide and section", () => {
  const keys = rows.map(({ slide, says, section }) => `${slide} / ${says} / ${section}`);
  assert.equal(new Set(keys).size, keys.length);
});
