import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";
import type { MimeBundle } from "../display/host.ts";
import { look } from "../progress/look.ts";
import { standing } from "./progress.ts";

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
    ["display", "update"], // four steps in less than a tenth of a second: one picture, then the curve
  );
  assert.equal(new Set(calls.map(([, , id]) => id)).size, 1);
  const [[, first], [, last]] = calls as [(typeof calls)[0], (typeof calls)[0]];
  assert.match(String(first["text/html"]), /<progress max="4" value="1" /);
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
  const bundle = look([standing([4, 3], { steps: 6, y: "error" }, 3)]);
  assert.equal(bundle["text/plain"], "step 2 of 6 · error 3 · 0.6667 steps/s · 6 s left");
});

test("a picture of thousands of steps stays small, and survives infinities", () => {
  const values = Array.from({ length: 50_000 }, (_, i) => (i === 7 ? Number.POSITIVE_INFINITY : 1 / (i + 1)));
  const html = String(look([standing(values, { steps: 60_000, y: "error", log: true }, 1)])["text/html"]);
  assert.ok(html.length < 10_000, `${html.length}`);
  const svg = Buffer.from(/base64,([^"]+)/.exec(html)?.[1] as string, "base64").toString();
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

test("a loop of 200,000 steps has a picture", () => {
  const values = Array.from({ length: 200_000 }, (_, i) => 1 / (i + 1));
  const { "text/plain": said } = look([standing(values, { steps: 200_000, y: "error" }, 1)]);
  assert.match(String(said), /step 200000 of 200000/);
});

/** The last bundle of each place, and all texts in their order. */
function watched(): { places: Map<string, MimeBundle>; texts: string[] } {
  const places = new Map<string, MimeBundle>();
  const texts: string[] = [];
  const keep = (bundle: MimeBundle, _: unknown, { display_id }: { display_id: string }) => {
    places.set(display_id, bundle);
    texts.push(String(bundle["text/plain"]));
  };
  host[place] = { display: keep, update: keep };
  return { places, texts };
}
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

test("a loop inside a loop stands below its bar while it runs, and one place stays in the notebook", {
  skip,
}, async () => {
  const { places, texts } = watched();
  for (const seed of train.each([1, 2], { title: "seeds" })) {
    const live = train.progress(words);
    for (const value of [4, 3]) {
      await pause(110);
      live.step(value * seed);
    }
    live.end();
  }
  assert.ok(
    texts.some(text => /^seeds: 1 of 2 · \S+ seeds\/s · \S+ s left\n {2}step 2 of 4 · error 6 · /.test(text)),
    texts.join("\n\n"),
  );
  const left = [...places.values()].map(bundle => bundle["text/plain"]);
  assert.deepEqual(left, ["seeds: 2 of 2"]);
});

test("a loop that breaks off leaves how far it came, and the next one has a place of its own", { skip }, () => {
  const { places } = watched();
  for (const item of train.each(new Set(["a", "b", "c"]), { title: "letters" })) if (item === "b") break;
  for (const _ of train.each([1], { title: "numbers" }));
  const left = [...places.values()].map(bundle => bundle["text/plain"]);
  assert.deepEqual(left, ["letters: 1 of 3", "numbers: 1 of 1"]);
});

test("however fast a loop is, it is shown ten times a second at most", { skip }, async () => {
  const { texts } = watched();
  const start = performance.now();
  const live = train.progress({ ...words, steps: 1e6 });
  while (performance.now() - start < 500) live.step(1);
  live.end();
  assert.ok(texts.length >= 3 && texts.length <= 7, `${texts.length} pictures in half a second`);
});

test("train.each refuses an option that it does not have, and says what it is called", () => {
  assert.throws(() => train.each([1], { unit: "seeds" } as never), /no option unit: it is called title/);
  assert.deepEqual([...train.each([1, 2])], [1, 2]);
});
