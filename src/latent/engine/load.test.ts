import assert from "node:assert/strict";
import { test } from "node:test";
import { EngineMissingError, loadTensorFlow, restoreUtilChecks } from "./load.ts";

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
