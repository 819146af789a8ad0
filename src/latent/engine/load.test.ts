import assert from "node:assert/strict";
import { test } from "node:test";
import { EngineMissingError, loadEngine, loadTensorFlow, restoreUtilChecks } from "./load.ts";

test("a missing native library is one clear error that names the command which mends it", () => {
  const cause = new Error("Cannot find module 'tfjs_binding.node'");
  const load = () => {
    throw cause;
  };
  assert.throws(
    () => loadTensorFlow(load),
    (error: Error) => {
      assert.ok(error instanceof EngineMissingError);
      assert.match(error.message, /npm start -- doctor/);
      assert.equal(error.cause, cause);
      return true;
    },
  );
});

test("what the package exports is handed on as it is", () => {
  const loaded = { version: "4.22.0" };
  assert.equal(loadTensorFlow(() => loaded) as unknown, loaded);
});

test("type checks that newer Nodes removed from node:util are restored", () => {
  const util: Record<string, unknown> = {};
  restoreUtilChecks(util);
  const { isNullOrUndefined, isArray } = util as Record<string, (value: unknown) => boolean>;
  assert.deepEqual([null, undefined, 0, "", false].map(isNullOrUndefined as never), [true, true, false, false, false]);
  assert.equal(isArray?.([]), true);
});

test("type checks that node:util still has are left alone", () => {
  const isNullOrUndefined = () => true;
  const util: Record<string, unknown> = { isNullOrUndefined };
  restoreUtilChecks(util);
  assert.equal(util.isNullOrUndefined, isNullOrUndefined);
});

const missing = () => {
  throw new EngineMissingError("no native library");
};
const wasm = (why: string) => ({ tf: {} as never, route: "wasm" as const, ready: Promise.resolve(), why });

test("without the native library TensorFlow.js on WebAssembly is the engine, and is told why", () => {
  const engine = loadEngine("", missing, wasm) as ReturnType<typeof wasm>;
  assert.deepEqual([engine.route, engine.why], ["wasm", "the native library could not be loaded"]);
});

test("LATENT_ENGINE=wasm asks for no native library, LATENT_ENGINE=native for nothing else", () => {
  assert.equal(loadEngine("wasm", () => assert.fail("asked"), wasm).route, "wasm");
  assert.throws(() => loadEngine("native", missing, wasm), EngineMissingError);
  assert.equal(loadEngine("native", () => ({}) as never, wasm).route, "native");
});

test("LATENT_ENGINE of any other value is refused with the two that there are", () => {
  assert.throws(() => loadEngine("gpu", missing, wasm), /LATENT_ENGINE is native, wasm or not set; it is gpu/);
});

test("where neither engine loads, one error names both reasons", () => {
  const broken = () => {
    throw new Error("no WebAssembly either");
  };
  assert.throws(() => loadEngine("", missing, broken), /no native library.*no WebAssembly either/);
});

test("an error that is no missing library is not taken for one", () => {
  const bug = () => {
    throw new TypeError("a bug");
  };
  assert.throws(() => loadEngine("", bug, wasm), /a bug/);
});
