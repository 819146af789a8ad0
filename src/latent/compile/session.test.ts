import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(async () => {
  const { nativeBackend } = await import("./native.ts");
  const { ownOperations } = await import("./own-operations.ts");
  return { nativeBackend, ownOperations };
});
const backend = loaded.nativeBackend?.();
const isOurs = backend !== undefined && loaded.ownOperations(backend);

/** Runs a small graph whose tag is replaced, and gives what TensorFlow says of its optimiser. */
function optimised(tag: string): string {
  const script = `
    const { Graph } = await import(${JSON.stringify(new URL("./graph.js", import.meta.url).href)});
    const { requireNative } = await import(${JSON.stringify(new URL("./native.js", import.meta.url).href)});
    const { mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
    const { tmpdir } = await import("node:os");
    const { binding } = requireNative("the test");
    const graph = new Graph(binding);
    const three = graph.constant(1, [3], new Float32Array([1, 2, 3]));
    const sum = graph.add("AddV2", [{ name: "T", type: binding.TF_ATTR_TYPE, value: 1 }], [three, three]);
    const folder = mkdtempSync(tmpdir() + "/latent-tag-");
    try {
      const bytes = Buffer.from(graph.savedModel([sum])).toString("latin1").replace("latent", ${JSON.stringify(tag)});
      writeFileSync(folder + "/saved_model.pb", bytes, "latin1");
      const id = binding.loadSavedModel(folder, ${JSON.stringify(tag)});
      const [result] = binding.runSavedModel(id, [], "", sum);
      console.log(String(binding.tensorDataSync(result.id)));
    } finally {
      rmSync(folder, { recursive: true });
    }`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, TF_CPP_VMODULE: "meta_optimizer=2", TF_CPP_MIN_LOG_LEVEL: "0" },
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /2,4,6/);
  return stderr
    .split("\n")
    .filter(line => line.includes("meta_optimizer.cc"))
    .join("\n");
}

test("a compiled graph is run as it was written, and any other one is optimised by TensorFlow as ever", {
  skip: skip || (!isOurs && "the addon is not one that set-up compiled"),
}, () => {
  assert.match(optimised("others"), /Starting optimization/);
  assert.doesNotMatch(optimised("latent"), /Starting optimization/);
});
