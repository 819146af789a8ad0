import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import test, { type TestContext } from "node:test";
import type { Client } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

/** Every name that the global object of a cell has and that strict code may declare, asked from the kernel itself. */
async function globalNames(client: Client): Promise<string[]> {
  const text = resultText(await client.execute("Object.getOwnPropertyNames(globalThis).join(' ')")) ?? "";
  const fixed = new Set(["Infinity", "NaN", "undefined", "eval"]);
  return text
    .slice(1, -1)
    .split(" ")
    .filter(name => /^[A-Za-z]\w*$/.test(name) && !fixed.has(name));
}

async function start(t: TestContext): Promise<Client> {
  const folder = emptyFolder(t);
  writeFileSync(`${folder}/local.ts`, "export const local: string = 'local'");
  return (await startOurs(t, { cwd: folder, env: { LATENT_TYPES: "off" } })).client;
}

/** All that a kernel does for a cell, in cells that use no global name. */
async function assertAlive(client: Client, after: string): Promise<void> {
  const shown = await client.execute("({ data: [{ type: 'bar', y: [1] }], layout: {} })", { stop_on_error: false });
  const [{ data } = { data: {} }] = contents(shown, "execute_result") as { data: object }[];
  assert.ok(
    "application/vnd.plotly.v1+json" in data,
    `a figure is shown after ${after}: ${JSON.stringify(shown.reply)}`,
  );
  const failed = await client.execute("let nothing: any = null\n nothing.x", { stop_on_error: false });
  assert.match(
    String(contents(failed, "error")[0]?.traceback),
    /^TypeError: .*line 2, column 10/s,
    `an error after ${after}`,
  );
  const printed = await client.execute("let seen = 'seen'; display(seen); seen", { stop_on_error: false });
  assert.equal(resultText(printed), "'seen'", `a result after ${after}`);
  const local = await client.execute("import { local } from './local'; local", { stop_on_error: false });
  assert.equal(resultText(local), "'local'", `a local file is imported after ${after}`);
  let running: () => void = () => {};
  const runs = new Promise<void>(resolve => {
    running = resolve;
  });
  const loop = client.execute("display('go'); for (;;) {}", { stop_on_error: false }, () => running());
  await runs;
  await client.ask("interrupt_request", {}, "control");
  const { reply } = await loop;
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt", `an interrupt after ${after}`);
}

for (const declare of [
  (name: string) => `const ${name} = 0.9; ${name}`,
  (name: string) => `let ${name}: any = 0.9; ${name}`,
  (name: string) => `var ${name}: any = 0.9; ${name}`,
  (name: string) => `class ${name} { static k = 0.9 }; ${name}.k`,
  (name: string) => `function ${name}() { return 0.9 }; ${name}()`,
])
  test(`a cell may declare any global name: ${declare("name")}`, async t => {
    const client = await start(t);
    for (const name of (await globalNames(client)).filter(each => each !== "display")) {
      const declared = await client.execute(declare(name), { stop_on_error: false });
      assert.equal(resultText(declared), "0.9", `${name}: ${JSON.stringify(declared.reply)}`);
      const used = await client.execute(`${name} && 'seen'`, { stop_on_error: false });
      assert.equal(resultText(used), "'seen'", name);
    }
    await assertAlive(client, "all of them");
  });

test("a global name that is declared is not there before its line, and what is printed before it is printed", async t => {
  const client = await start(t);
  for (const name of ["performance", "process", "JSON", "Buffer", "URL", "Object", "Promise", "setTimeout", "Symbol"]) {
    const early = await client.execute(`console.log("early"); typeof ${name}; const ${name} = 1`, {
      stop_on_error: false,
    });
    assert.equal(streamText(early), "early\n", name);
    assert.equal(early.reply.status === "error" && early.reply.ename, "ReferenceError", name);
    const next = await client.execute("console.log('next'); 1 + 1", { stop_on_error: false });
    assert.equal(streamText(next) + resultText(next), "next\n2", name);
  }
});
