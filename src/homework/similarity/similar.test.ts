import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { readAnswers } from "../tried/answers.ts";
import { fingerprints } from "./fingerprint.ts";
import { similarPairs } from "./similar.ts";

const script = fileURLToPath(new URL("../../../notebooks/homework/answers/01-pca-and-sparse.ts", import.meta.url));

/** A small generator with a seed (Park and Miller): the class is the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** 200 students, each with an answer of their own to each question, from those that people would write. */
function classOf(count: number, next: (below: number) => number): Map<string, string[]> {
  const answers = readAnswers(readFileSync(script, "utf8"));
  const byCell = [...new Set(answers.map(({ to }) => to))].map(to => answers.filter(answer => answer.to === to));
  const one = () => byCell.map(own => (own[next(own.length)] as { source: string }).source);
  return new Map(Array.from({ length: count }, (_, i) => [`student ${i}`, one()] as const));
}

/** What a copy is disguised by: other names, another order of statements and answers, another layout, comments. */
function disguised(sources: readonly string[]): string[] {
  return sources
    .map(renamed)
    .map(source => {
      const { program } = parseSync("a.ts", source, { lang: "ts" });
      const statements = program.body.map(({ start, end }) => source.slice(start, end)).reverse();
      return statements.join("\n\n/* mine */\n").replace(/\n {2}/g, "\n\n\t\t");
    })
    .reverse();
}

function renamed(source: string): string {
  const names = new Set(
    [...source.matchAll(/\b(?:const|let)\s+(\w+)|(\w+)(?=: (?:number|boolean))/g)].map(([, a, b]) => a ?? b ?? ""),
  );
  return source.replace(/\b\w+\b/g, word => (names.has(word) ? `${word}Mine` : word));
}

test("20 disguised copies among 200 submissions are found, and nobody else is named", () => {
  const next = random(7);
  const all = classOf(180, next);
  for (let i = 0; i < 20; i++) all.set(`copy of ${i}`, disguised(all.get(`student ${i}`) ?? []));
  const found = similarPairs(all)
    .map(({ students }) => students.toSorted().join(" = "))
    .toSorted();
  const planted = Array.from({ length: 20 }, (_, i) => `copy of ${i} = student ${i}`).toSorted();
  assert.deepEqual(found, planted);
});

test("names, numbers, types and layout leave a program's prints as they are; another program has others", () => {
  const own =
    "function mean(list: number[]): number {\n  let total = 0;\n  for (const x of list) total += x;\n  return total / list.length;\n}";
  const other = "function m(a) { let t = 5; for (const y of a) t += y; return t / a.length }";
  assert.deepEqual(fingerprints(own), fingerprints(other));
  assert.notDeepEqual(fingerprints(own), fingerprints(own.replace("total += x", "total -= x")));
});

test("what was handed out is nobody's, and a short answer that all must write is no evidence", () => {
  const short = "function double(x: number) { return 2 * x; }";
  assert.deepEqual(
    similarPairs(
      new Map([
        ["a", [short]],
        ["b", [short]],
      ]),
    ),
    [],
  );
  const long = readAnswers(readFileSync(script, "utf8"))[0]?.source ?? "";
  assert.deepEqual(
    similarPairs(
      new Map([
        ["a", [long]],
        ["b", [long]],
      ]),
      { handedOut: [long] },
    ),
    [],
  );
});

test("an answer that nests too deep to be read has no fingerprints, and ends no comparison", () => {
  assert.equal(fingerprints(`x = ${"[".repeat(20_000)}`).size, 0);
  assert.ok(
    fingerprints("const x = [1, 2, 3].map(a => a * 2); for (const a of x) console.log(a, x.indexOf(a));").size > 0,
  );
});
