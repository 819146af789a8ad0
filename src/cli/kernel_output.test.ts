import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

const TYPES_OFF = { LATENT_TYPES: "off" };

test("nothing that was printed is kept alive by the printing, by whatever console", async t => {
  const { client } = await startOurs(t, { env: TYPES_OFF });
  const cell = `require("node:v8").setFlagsFromString("--expose-gc");
    const collect = require("node:vm").runInNewContext("gc");
    let freed = 0;
    const registry = new FinalizationRegistry(() => freed++);
    const other = await import("node:console");
    function make() { const value = { big: new Array(1000).fill(0) }; registry.register(value, 1); return value }
    for (const method of ["log", "info", "debug", "warn", "error", "dir", "table", "trace", "assert", "group", "count"])
      for (const target of [console, other.default]) (target as any)[method](method === "assert" ? false : make(), ...(method === "table" ? [] : [make()]));
    console.groupEnd();`;
  await client.execute(cell);
  const freed =
    "for (let i = 0; i < 20 && freed < 40; i++) { collect(); await new Promise(r => setTimeout(r, 10)) } freed";
  assert.equal(resultText(await client.execute(freed)), "40");
});

test("every method of the console writes what Node's own writes, to the same stream", async t => {
  const { client } = await startOurs(t, { env: TYPES_OFF });
  const calls = `const write = (console: Console) => {
    console.log("%s is %d", "a", 1, { b: 2 }); console.info("i"); console.debug("d"); console.warn("w"); console.error("e");
    console.group("g"); console.log("one\\ntwo"); console.groupCollapsed("h"); console.error("deep"); console.groupEnd(); console.groupEnd();
    console.table([{ a: 1, b: "x" }, { a: 2 }]); console.table(5); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
    console.count(); console.count("k"); console.countReset("k"); console.count("k"); console.assert(false, "no %s", "way");
    console.assert(true, "never"); console.log(); console.dirxml({ x: 1 }); console.log(Symbol("s"), -0, null, undefined, 5n);
  };`;
  await client.execute(calls);
  const ours = await client.execute("write(console)");
  const nodes =
    await client.execute(`const { Console } = require("node:console"); const { PassThrough } = require("node:stream");
    const [out, err] = [new PassThrough(), new PassThrough()]; write(new Console(out, err));
    process.stdout.write(String(out.read())); process.stderr.write(String(err.read()))`);
  assert.equal(nodes.reply.status, "ok", JSON.stringify(nodes.reply));
  assert.match(streamText(nodes), /│ 0 /);
  for (const name of ["stdout", "stderr"] as const) assert.equal(streamText(ours, name), streamText(nodes, name));
});

test("console and streams keep their order, and time and timeEnd measure", async t => {
  const { client } = await startOurs(t, { env: TYPES_OFF });
  const executed = await client.execute(
    "console.log(1); process.stdout.write('2\\n'); console.error(3); process.stderr.write('4\\n'); console.log(5); console.time('t'); console.timeLog('t'); console.timeEnd('t')",
  );
  const lines = contents(executed, "stream").flatMap(({ name, text }) =>
    String(text)
      .trimEnd()
      .split("\n")
      .map(line => `${name} ${line.replace(/[\d.]+m?s$/, "time")}`),
  );
  const expected = ["stdout 1", "stdout 2", "stderr 3", "stderr 4", "stdout 5", "stdout t: time", "stdout t: time"];
  assert.deepEqual(lines, expected);
  const captured = `const lines: string[] = []; const { write } = process.stdout;
    process.stdout.write = (text: any) => { lines.push(text); return true }; console.log("captured"); process.stdout.write = write; lines`;
  assert.equal(resultText(await client.execute(captured)), "[ 'captured\\n' ]");
});

test("what was printed is seen before the cell waits for a child or for native code, and not behind it", async t => {
  const cwd = emptyFolder(t);
  const { client } = await startOurs(t, { cwd, env: TYPES_OFF });
  for (const [lines, wait] of [
    [40, "require('node:child_process').execSync('read line < gate')"],
    [40, "require('node:child_process').spawnSync('cat', ['gate'])"],
    // The kernel cannot know of this one: the first lines go out at once.
    [4, "require('node:fs').readFileSync('gate')"],
  ] as const) {
    const seen = new Promise<void>(resolve => {
      client.onPublished = ({ content }) => {
        if (String(content.text ?? "").includes(`line ${lines}\n`)) resolve();
      };
    });
    await client.execute("require('node:child_process').execSync('rm -f gate; mkfifo gate')");
    const cell = client.execute(
      `for (let line = 1; line <= ${lines}; line++) console.log("line", line); ${wait}; 'over'`,
    );
    await seen;
    // Whoever opens the other side ends the wait.
    await writeFile(join(cwd, "gate"), "open\n");
    assert.equal(resultText(await cell), "'over'");
  }
});

test("what a child writes without a line end is seen while it runs", async t => {
  const { client } = await startOurs(t);
  for (const fd of [1, 2]) {
    const flag = join(emptyFolder(t), "seen");
    const wait = `printf 'half a line' >&${fd}; while [ ! -e ${flag} ]; do sleep 0.02; done; printf ' and the rest' >&${fd}`;
    for (const run of [
      "execSync(wait, { stdio: 'inherit' })",
      "await new Promise(r => spawn(wait, { shell: true, stdio: 'inherit' }).on('close', r))",
    ]) {
      rmSync(flag, { force: true });
      const code = `var { execSync, spawn } = require("node:child_process"), wait = ${JSON.stringify(wait)}; ${run}; 0`;
      const executed = await client.execute(code, {}, ({ content }) => {
        if (content.text === "half a line") writeFileSync(flag, "");
      });
      assert.equal(streamText(executed, fd === 1 ? "stdout" : "stderr"), "half a line and the rest");
    }
  }
});

test("what a child has written without a line end stands before the result, the figure or the error of the cell", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("const { execSync } = require('node:child_process')");
  for (let round = 0; round < 10; round++)
    for (const fd of [1, 2])
      for (const last of ["42", "display('shown')", "throw new Error('x')"]) {
        const code = `execSync("printf half >&${fd}", { stdio: "inherit" }); ${last}`;
        const { outputs } = await client.execute(code, { stop_on_error: false });
        const [first, second, ...more] = outputs.filter(({ header }) => header.msg_type !== "execute_input");
        assert.equal(first?.content.text, "half", code);
        assert.match(String(second?.header.msg_type), /execute_result|display_data|error/, code);
        assert.equal(more.length, 0, code);
      }
});

test("every character arrives as it was printed, also in a text of several messages; half a character is replaced", async t => {
  const { client } = await startOurs(t);
  const all = String.fromCharCode(...Array.from({ length: 0x300 }, (_, unit) => unit));
  const text = `${all}\u2028\uffff"😀"\\ud83d\\\n`.repeat(2000);
  const printed = await client.execute(`process.stdout.write(${JSON.stringify(text)}); void 0`);
  assert.ok(streamText(printed) === text);
  assert.equal(streamText(await client.execute("console.log('a' + '😀'[0] + 'b')")), "a\ufffdb\n");
});
