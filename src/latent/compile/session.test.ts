import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ownOperations } from "./own-operations.ts";

const skip = !ownOperations() && "the addon is not one that set-up compiled";

/** Runs `op` of 3 and 3 in a compiled graph, and gives what TensorFlow says of its optimiser. */
function optimised(op: string): string {
  const script = `
    const { Graph } = await import(${JSON.stringify(new URL("./graph.js", import.meta.url).href)});
    const { requireNative } = await import(${JSON.stringify(new URL("./native.js", import.meta.url).href)});
    const { Session } = await import(${JSON.stringify(new URL("./session.js", import.meta.url).href)});
    const { binding } = requireNative("the test");
    const graph = new Graph(binding);
    const three = graph.constant(1, [1], new Float32Array([3]));
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: 1 };
    const node = graph.add(${JSON.stringify(op)}, [type], [three, three]);
    const session = new Session(binding, graph, [node]);
    const [result] = session.run([], "", node);
    console.log(String(binding.tensorDataSync(result.id)));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, TF_CPP_VMODULE: "meta_optimizer=2", TF_CPP_MIN_LOG_LEVEL: "0" },
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^(9|27)$/m);
  return stderr
    .split("\n")
    .filter(line => line.includes("meta_optimizer.cc"))
    .join("\n");
}

test("a compiled graph is run as it was written, but for one with operations that TensorFlow's optimiser makes faster", {
  skip,
}, () => {
  assert.doesNotMatch(optimised("Mul"), /Starting optimization/);
  assert.match(optimised("Pow"), /Starting optimization/);
});
