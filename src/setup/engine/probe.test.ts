import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { type Places, placesOf } from "../places.ts";
import { probeEngine } from "./probe.ts";

function cloneWith(t: TestContext, tfjsNode: string): Places {
  const root = emptyFolder(t);
  const folder = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.js"), tfjsNode);
  writeFileSync(join(root, "package.json"), "{}");
  return placesOf(root);
}

const backend = "backend: () => ({ binding: { TF_Version: '9.9.9' } })";

test("an engine that loads and computes tells its TensorFlow version", async t => {
  const places = cloneWith(t, `module.exports = { ${backend}, matMul: () => ({ dataSync: () => [42] }) }`);
  assert.deepEqual(await probeEngine(places), { works: true, tensorflow: "9.9.9" });
});

test("an engine with operations of ours tells how many numbers they take at once", async t => {
  const binding = "{ TF_Version: '9.9.9', executeOp: op => [{ id: op.length }], tensorDataSync: id => [id] }";
  const engine = `backend: () => ({ binding: ${binding} }), matMul: () => ({ dataSync: () => [42] })`;
  const places = cloneWith(t, `module.exports = { ${engine} }`);
  assert.deepEqual(await probeEngine(places), { works: true, tensorflow: "9.9.9", width: "LatentWidth10".length });
});

for (const message of [
  "Op type not registered 'LatentWidth10'",
  "'LatentWidth10' is neither a type of a primitive operation nor a name of a function registered in binary running on vm.",
])
  test(`an engine without operations of ours works all the same, which says: ${message}`, async t => {
    const unknown = `() => { throw new Error(${JSON.stringify(message)}) }`;
    const engine = `backend: () => ({ binding: { TF_Version: '9.9.9', executeOp: ${unknown} } })`;
    const places = cloneWith(t, `module.exports = { ${engine}, matMul: () => ({ dataSync: () => [42] }) }`);
    assert.deepEqual(await probeEngine(places), { works: true, tensorflow: "9.9.9" });
  });

test("an engine that computes wrongly does not count as working", async t => {
  const places = cloneWith(t, `module.exports = { ${backend}, matMul: () => ({ dataSync: () => [41] }) }`);
  const probe = await probeEngine(places);
  assert.match(probe.works ? "" : probe.problem, /3 times 14 came out as 41/);
});

test("an engine that crashes the process is reported and does not crash the caller", async t => {
  const probe = await probeEngine(cloneWith(t, "process.abort()"));
  assert.equal(probe.works, false);
});

test("a library that cannot be opened is named in the problem", async t => {
  const error = "libtensorflow_cc.so.2: cannot open shared object file";
  const probe = await probeEngine(cloneWith(t, `throw new Error(${JSON.stringify(error)})`));
  assert.match(probe.works ? "" : probe.problem, /Error: libtensorflow_cc.so.2: cannot open/);
});

test("functions that Node 23 removed are there again when tfjs-node is loaded", async t => {
  const places = cloneWith(
    t,
    `if (!require("util").isNullOrUndefined(null) || !require("util").isArray([])) throw new Error("missing");
     module.exports = { ${backend}, matMul: () => ({ dataSync: () => [42] }) }`,
  );
  assert.equal((await probeEngine(places)).works, true);
});
