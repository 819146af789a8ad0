import assert from "node:assert/strict";
import test from "node:test";
import type { Output } from "../../interpreter/index.ts";
import { TypeScriptInterpreter } from "./interpreter.ts";

const cell = (id: string, code: string) => ({
  ...{ id, code, executionCount: 1, silent: false, allowStdin: false },
  userExpressions: {},
});

/** An interpreter whose host hears only now what came before. */
function hosted(interpreter: TypeScriptInterpreter): { outputs: Output[]; lost: string[] } {
  const heard = { outputs: [] as Output[], lost: [] as string[] };
  interpreter.start({
    output: (_cellId, output) => void heard.outputs.push(output),
    input: async () => undefined,
    lost: cellId => void heard.lost.push(cellId),
  });
  return heard;
}

test("a process that was started before there was a host runs the host's cells", async t => {
  const interpreter = new TypeScriptInterpreter();
  t.after(() => interpreter.stop());
  interpreter.prepare();
  interpreter.prepare();
  await new Promise(resolve => setTimeout(resolve, 500));
  const { outputs } = hosted(interpreter);
  const outcome = await interpreter.execute(cell("a", "console.log(process.pid); 1"));
  assert.equal(outcome.status, "ok");
  assert.deepEqual(
    outputs.map(({ type }) => type),
    ["written", "execute_result"],
  );
});

test("an interpreter that is stopped before it had a host leaves no process", async () => {
  const interpreter = new TypeScriptInterpreter();
  interpreter.prepare();
  await interpreter.stop();
});

test("the first cell waits for no module that the kernel itself does not need", async t => {
  const interpreter = new TypeScriptInterpreter();
  t.after(() => interpreter.stop());
  const { outputs } = hosted(interpreter);
  const loaded =
    "globalThis.process.moduleLoadList.filter(name => /webcrypto|internal\\/tty|internal\\/http/.test(name))";
  await interpreter.execute(cell("a", `(${loaded}).join()`));
  assert.deepEqual(outputs[0], { type: "execute_result", data: { "text/plain": "''" }, metadata: {} });
});
