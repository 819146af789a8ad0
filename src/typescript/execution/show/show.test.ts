import assert from "node:assert/strict";
import test from "node:test";
import type { MimeBundle } from "../../../interpreter/index.ts";
import { plain } from "./plain.ts";
import { show } from "./result.ts";
import { toText } from "./text.ts";

const DISPLAY = Symbol.for("Jupyter.display");
const FIGURE = "application/vnd.plotly.v1+json";

/** What a front end would get, as JSON brings it there, and the notes. */
async function shown(value: unknown): Promise<{ data: MimeBundle; notes: string[] }> {
  let data: MimeBundle = {};
  const notes: string[] = [];
  const tell = (bundle: MimeBundle) => {
    data = JSON.parse(JSON.stringify(bundle)) as MimeBundle;
  };
  await show(value, { tell, note: why => notes.push(why) }, 20);
  return { data, notes };
}

const figure = (y: unknown) => ({ data: [{ type: "bar", y }], layout: {} });
const displays = (show: () => unknown) => ({ [DISPLAY]: show });
const circle: Record<string, unknown> = {};
circle.circle = circle;
const deep = () => {
  let value: unknown = 1;
  for (let i = 0; i < 100_000; i++) value = [value];
  return value;
};
const thenable = (then: unknown) => ({ then });
const throws = () => {
  throw new Error("it is the author's");
};

test("a value that cannot be shown richly is shown as text, and the reason is said", async () => {
  const cases: Record<string, [value: unknown, reason: RegExp]> = {
    "a figure that refers to itself": [figure(circle), /refers to itself/],
    "a figure that is too deep": [figure(deep()), /call stack/],
    "a figure with a getter that throws": [figure({ get a() { return throws() } }), /author's/],
    "a toJSON that throws": [figure({ toJSON: throws }), /author's/],
    "a display method that throws": [displays(throws), /author's/],
    "a display method that throws null": [displays(() => { throw null }), /null/],
    "a bundle with a circle": [displays(() => ({ "application/json": circle })), /refers to itself/],
    "a promise that rejects": [displays(async () => throws()), /author's/],
    "a promise of a bundle with a circle": [displays(async () => ({ "application/json": circle })), /refers to itself/],
    "a promise that never settles": [displays(() => new Promise(() => {})), /did not settle within 0.02 s/],
    "a thenable that throws": [displays(() => thenable(throws)), /author's/],
    "a bundle with a getter that throws": [displays(() => ({ get "text/html"() { return throws() } })), /author's/],
  }; // biome-ignore format: a table
  for (const [name, [value, reason]] of Object.entries(cases)) {
    const { data, notes } = await shown(value);
    assert.deepEqual(data, { "text/plain": toText(value) }, name);
    assert.match(String(notes), reason, name);
    assert.equal(notes.length, 1, name);
  }
});

test("a value whose properties cannot be read is none that is known, and is shown as text without a word", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const refuses = { get: throws, has: throws, getOwnPropertyDescriptor: throws, ownKeys: throws };
  class Model {
    get shape() {
      return throws();
    }
    get [DISPLAY]() {
      return throws();
    }
    dataSync() {}
  }
  let read = 0;
  const getters = { get data() { return read++ }, get layout() { return read++ }, get [DISPLAY]() { return read++ } }; // biome-ignore format: one line
  const cases: [unknown, string][] = [
    [proxy, "<Revoked Proxy>"],
    [new Proxy({}, refuses), "{}"],
    [new Proxy(() => 1, refuses), "[Function (anonymous)]"],
    [new Model(), "Model {}"],
    [getters, "{ data: [Getter], layout: [Getter], [Symbol(Jupyter.display)]: [Getter] }"],
  ];
  for (const [value, text] of cases) assert.deepEqual(await shown(value), { data: { "text/plain": text }, notes: [] });
  assert.equal(read, 0, "no getter of the value was run");
});

test("typed arrays and big integers of a figure are numbers, however deep they stand", async () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  const cases: [unknown, unknown][] = [
    [new Float32Array([1.5, 2]), [1.5, 2]],
    [
      [new Float64Array([1]), new Int16Array([-2])],
      [[1], [-2]],
    ],
    [
      [1n, 2n ** 70n],
      [1, "1180591620717411303424"],
    ],
    [new BigInt64Array([-3n]), [-3]],
    [bytes.subarray(1, 3), [2, 3]],
    [new DataView(bytes.buffer, 2), [3, 4]],
    [bytes.buffer, [1, 2, 3, 4]],
    [Buffer.from([7]), [7]],
    [new Set([1, new Uint8Array([2])]), [1, [2]]],
    [new Map([["a", new Uint8Array([2])]]), { a: [2] }],
    [{ a: { b: [{ c: new Int8Array([9]) }] } }, { a: { b: [{ c: [9] }] } }],
    [
      [Number.NaN, undefined, () => 1],
      [null, null, null],
    ],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
  ];
  for (const [y, expected] of cases) {
    const { data, notes } = await shown(figure(y));
    assert.deepEqual((data[FIGURE] as { data: { y: unknown }[] }).data[0]?.y, expected);
    assert.deepEqual(notes, []);
    const layout = await shown({ data: [{ x: [1] }], layout: { deep: y } });
    assert.deepEqual((layout.data[FIGURE] as { layout: { deep: unknown } }).layout.deep, expected);
  }
  const untouched = figure([1, 2]);
  assert.equal(plain(untouched), untouched, "what needs no change is not copied");
  const shared = new Uint8Array([5]);
  assert.deepEqual(plain({ a: shared, b: shared, c: [untouched, untouched] }), {
    a: [5],
    b: [5],
    c: [untouched, untouched],
  });
});

test("a bundle is cleaned: text beside types of text, base64 beside bytes, nothing that is no content", async () => {
  const bundle = {
    "text/plain": 5,
    "text/html": ["<b>", "</b>"],
    "image/png": new Uint8Array([1, 2]),
    "application/vnd.custom+json": { values: new Float32Array([1]) },
    "text/markdown": undefined,
    method: () => 1,
    toJSON: () => undefined,
  };
  const expected = {
    "text/plain": "5",
    "text/html": "<b></b>",
    "image/png": "AQI=",
    "application/vnd.custom+json": { values: [1] },
  };
  assert.deepEqual((await shown(displays(() => bundle))).data, expected);
  const resolves = (resolve: (value: unknown) => void) => resolve(bundle);
  assert.deepEqual((await shown(displays(() => thenable(resolves)))).data, expected);
  const nothing = displays(() => undefined);
  assert.deepEqual((await shown(nothing)).data, { "text/plain": toText(nothing) });
});

test("a huge value is cut, whatever makes it huge", () => {
  const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, i]));
  const cube = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array(100).fill([1, 2, 3])));
  const cases: [unknown, RegExp][] = [
    [Array.from({ length: 10_000_000 }, () => 1), /9999900 more items/],
    [new Float32Array(10_000_000), /9999900 more items/],
    ["x".repeat(100_000_000), /99980000 more characters$/],
    [keys, /k999: 999\n\} and 199000 more keys$/],
    [[keys], /^\[ \[Object\] \]$/],
    [cube, /90 more items/],
    [deep(), /\[Array\]/],
    [new Map(Object.entries(keys)), /199900 more items/],
    [Symbol("s".repeat(1_000_000)), /more characters$/],
    [{ [Symbol.for("nodejs.util.inspect.custom")]: () => "😀".repeat(1_000_000) }, /\ude00… 1900000 more characters$/],
  ];
  for (const [value, pattern] of cases) {
    const text = toText(value);
    assert.match(text, pattern);
    assert.ok(text.length < 130_000, `${text.length} characters`);
  }
});

test("small values are shown as Node shows them", () => {
  const cases: [unknown, string][] = [
    [{ a: { b: new Set([2]) } }, "{ a: { b: Set(1) { 2 } } }"],
    [Object.create(null), "[Object: null prototype] {}"],
    [[undefined, null, -0], "[ undefined, null, -0 ]"],
    ["it's", '"it\'s"'],
  ];
  for (const [value, text] of cases) assert.equal(toText(value), text);
});

test("a model is shown by its summary, and one that is not built in a sentence", async () => {
  const model = (summary: (...args: [undefined, undefined, (line: string) => void]) => void) => ({
    ...{ name: "net", layers: [{ hidden: "a thousand fields" }], summary },
    ...{ countParams: () => 3, predict: throws },
  });
  const built = model((_length, _positions, print) => {
    for (const line of ["Layer  Params", "dense  3"]) print(line);
  });
  assert.deepEqual((await shown(built)).data, { "text/plain": "Layer  Params\ndense  3" });
  const unbuilt = (await shown(model(throws))).data["text/plain"];
  assert.equal(unbuilt, "Model net of 1 layer, not built: its first layer has no inputShape.");
  assert.match(String((await shown({ ...built, predict: 1 })).data["text/plain"]), /a thousand fields/);
});
