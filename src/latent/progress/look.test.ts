import assert from "node:assert/strict";
import test from "node:test";
import { look } from "./look.ts";

const text = (...standings: Parameters<typeof look>[0]) => look(standings)["text/plain"];

test("bars inside bars are lines that step in, each with its rate and the time that is left", () => {
  const seeds = { words: ["seeds: 1 of 3"], done: 1, total: 3, rate: { perSecond: 0.01, unit: "seeds" } };
  const steps = { words: ["step 40 of 100", "loss 0.5"], done: 40, total: 100, rate: { perSecond: 10, unit: "steps" } };
  assert.equal(
    text(seeds, steps),
    "seeds: 1 of 3 · 0.01 seeds/s · 3 min 20 s left\n  step 40 of 100 · loss 0.5 · 10 steps/s · 6 s left",
  );
  const html = String(look([seeds, steps])["text/html"]);
  assert.equal(html.match(/<progress max="\d+" value="\d+"/g)?.length, 2);
});

test("what stays has neither a bar nor times, and a total that nobody knows is left out", () => {
  const left = look([{ words: ["step 100 of 100"], done: 100, total: 100 }]);
  assert.equal(left["text/plain"], "step 100 of 100");
  assert.doesNotMatch(String(left["text/html"]), /<progress/);
  const stream = { words: ["lines: 7"], done: 7, total: undefined, rate: { perSecond: 7200, unit: "lines" } };
  assert.equal(text(stream), "lines: 7 · 7200 lines/s");
  assert.equal(text({ ...stream, total: 72_000_000 }), "lines: 7 · 7200 lines/s · 2 h 46 min left");
});

test("words are escaped, and the curve is a picture of its own with words for those who do not see it", () => {
  const curve = { values: [3, 2, Number.NaN, 1], total: 4, marks: [{ step: 4, value: 2 }], words: "Loss over 4 steps" };
  const html = String(look([{ words: ["a < b"], done: 4, total: 4, curve }])["text/html"]);
  assert.match(html, /a &lt; b/);
  const [, svg = ""] = /alt="Loss over 4 steps" src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html) ?? [];
  const drawn = Buffer.from(svg, "base64").toString();
  assert.equal(drawn.match(/[\d.]+,[\d.]+/g)?.length, 3);
  assert.match(drawn, /<circle/);
  assert.doesNotMatch(drawn, /NaN/);
});
