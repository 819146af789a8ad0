import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";
import type { MimeBundle } from "../display/host.ts";
import { frame } from "./frame.ts";

const { skip, loaded } = await whereEngine(() => import("../index.ts"));
const { train } = loaded;

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete host[place];
});

const words = { steps: 4, title: "It falls", y: "error" };

test("a loop shows itself in one place, and the whole curve stays there", { skip }, () => {
  const calls: [kind: string, bundle: MimeBundle, id: string][] = [];
  const note =
    (kind: string) =>
    (bundle: MimeBundle, _: unknown, { display_id }: { display_id: string }) => {
      calls.push([kind, bundle, display_id]);
    };
  host[place] = { display: note("display"), update: note("update") };
  const live = train.progress(words);
  for (const value of [4, 3, 2, 1]) live.step(value);
  live.end();
  assert.deepEqual(
    calls.map(([kind]) => kind),
    ["display", "update"], // four steps in less than a quarter of a second: one picture, then the curve
  );
  assert.equal(new Set(calls.map(([, , id]) => id)).size, 1);
  const [[, first], [, last]] = calls as [(typeof calls)[0], (typeof calls)[0]];
  assert.match(String(first["text/html"]), /<progress [^>]*max="4" value="1">/);
  assert.ok("application/vnd.plotly.v1+json" in last);
  assert.match(String(last["text/plain"]), /error 4 → 1/);
});

test("what stays holds no times", { skip }, () => {
  const texts = [0, 0].map(() => {
    let text = "";
    const keep = (bundle: MimeBundle) => {
      text = JSON.stringify(bundle);
    };
    host[place] = { display: keep, update: keep };
    const live = train.progress(words);
    for (const value of [2, 1]) live.step(value);
    live.end();
    return text;
  });
  assert.equal(texts[0], texts[1]);
});

test("where there is no notebook a loop is quiet", { skip }, () => {
  const live = train.progress(words);
  live.step(1);
  live.end();
  assert.deepEqual(live.values, [1]);
});

test("a picture says how far the loop is and how long it will take", () => {
  const bundle = frame([4, 3], { steps: 6, y: "error", seconds: 3 });
  assert.equal(bundle["text/plain"], "step 2 of 6 · error 3 · 6 s left");
});

test("a picture of thousands of steps stays small, and survives infinities", () => {
  const values = Array.from({ length: 50_000 }, (_, i) => (i === 7 ? Number.POSITIVE_INFINITY : 1 / (i + 1)));
  const html = String(frame(values, { steps: 60_000, y: "error", log: true, seconds: 1 })["text/html"]);
  assert.ok(html.length < 10_000, `${html.length}`);
  const svg = Buffer.from(/base64,([^"]+)/.exec(html)?.[1] as string, "base64").toString();
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

test("a loop of 200,000 steps has a picture", () => {
  const values = Array.from({ length: 200_000 }, (_, i) => 1 / (i + 1));
  const { "text/plain": said } = frame(values, { steps: 200_000, y: "error", seconds: 1 });
  assert.match(String(said), /step 200000 of 200000/);
});
