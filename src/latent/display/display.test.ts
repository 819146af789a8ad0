import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { afterEach, test } from "node:test";
import { inspect } from "node:util";
import type { MimeBundle } from "./host.ts";
import { showsItself } from "./self.ts";
import { show } from "./show.ts";

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
const { cache } = createRequire(import.meta.url);
const tslabModule = "/opt/tslab/node_modules/tslab/dist/jupyter.js";

afterEach(() => {
  delete host[place];
  delete cache[tslabModule];
});

const bundle = { "text/html": "<b>7</b>", "text/plain": "7" };

class Seven {
  static {
    showsItself(Seven.prototype);
  }
  bundle() {
    return bundle;
  }
}

function underLatent(): MimeBundle[] {
  const shown: MimeBundle[] = [];
  host[place] = { display: (data: MimeBundle) => shown.push(data) };
  return shown;
}

function underTslab(): unknown[][] {
  const written: unknown[][] = [];
  const exports = { lastWriteDisplayData: (...content: unknown[]) => written.push(content) };
  cache[tslabModule] = { exports } as unknown as NodeJS.Module;
  return written;
}

test("under Latent's kernel a bundle goes to its display", () => {
  const shown = underLatent();
  show(bundle);
  assert.deepEqual(shown, [bundle]);
});

test("under stock tslab a bundle goes where tslab.display sends its own", () => {
  const written = underTslab();
  show(bundle);
  assert.deepEqual(written, [[{ data: bundle, metadata: {}, transient: {} }, false]]);
});

test("elsewhere the words of a bundle are printed", t => {
  const log = t.mock.method(console, "log", () => {});
  show(bundle);
  assert.deepEqual(log.mock.calls[0]?.arguments, ["7"]);
});

test("an object shows itself by the symbol that Deno and nodejs-polars use", () => {
  const symbol = Symbol.for("Jupyter.display") as never;
  assert.deepEqual((new Seven()[symbol] as () => unknown).call(new Seven()), bundle);
});

test("stock tslab, which prints a last expression, shows the object instead", () => {
  const written = underTslab();
  assert.equal(inspect(new Seven()), "");
  assert.equal(written.length, 1);
});

test("printed anywhere else an object is its words", () => {
  assert.equal(inspect(new Seven()), "7");
  const shown = underLatent();
  assert.equal(inspect(new Seven()), "7");
  assert.equal(shown.length, 0);
});

test("anything is shown: what has a bundle or a display symbol, text, and other values as they are printed", () => {
  const shown = underLatent();
  const tensor = { dataSync: () => [1], toString: () => "Tensor\n    [1]" };
  const frame = { columns: ["a"], values: [[1]], toString: () => "a\n1" };
  const symbolic = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<i>s</i>" }) };
  const values = [new Seven(), symbolic, tensor, frame, "words", 7, null, undefined, [1, 2], { a: 1 }, {}];
  for (const value of values) show(value);
  const text = (words: string) => ({ "text/plain": words });
  assert.deepEqual(shown, [
    bundle,
    { "text/html": "<i>s</i>" },
    ...["Tensor\n    [1]", "a\n1", "words", "7", "null", "undefined", "[ 1, 2 ]", "{ a: 1 }", "{}"].map(text),
  ]);
});
