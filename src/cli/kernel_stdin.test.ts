import assert from "node:assert/strict";
import test from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { resultText, startOurs } from "../testkit/index.ts";

const OPEN = "createInterface({ input: process.stdin, output: process.stdout })";
const CALLBACK = `const rl = require("node:readline").${OPEN};`;
const PROMISES = `import { createInterface } from "node:readline/promises"; const rl = ${OPEN};`;

/** Each asks for the name, then for the age. */
const QUESTIONS = [
  `${PROMISES} const all = [await rl.question("name? "), await rl.question("age? ")]; rl.close(); all.join()`,
  `${PROMISES} let all; try { all = [await rl.question("name? "), await rl.question("age? ")].join() } finally { rl.close() } all`,
  `${CALLBACK} const all = await new Promise(r => rl.question("name? ", a => rl.question("age? ", b => { rl.close(); r([a, b].join()) }))); all`,
  `${CALLBACK} const ask = require("node:util").promisify(rl.question).bind(rl); [await ask("name? "), await ask("age? ")].join()`,
  `import * as readline from "node:readline"; const rl = readline.${OPEN}; const ask = q => new Promise(r => rl.question(q, {}, r)); [await ask("name? "), await ask("age? ")].join()`,
  `import { Interface } from "node:readline/promises"; const rl = new Interface(process.stdin); [await rl.question("name? "), await rl.question("age? ")].join()`,
  `const { createInterface: open } = require("readline/promises"); const rl = open({ input: process.stdin, terminal: true, output: process.stdout }); [await rl.question("name? "), await rl.question("age? ")].join()`,
];

const nameOf = ({ reply }: Executed) => (reply.status === "error" ? reply.ename : undefined);
const sentenceOf = ({ reply }: Executed) => (reply.status === "error" ? String(reply.evalue) : undefined);

const answering = (client: Client): string[] => {
  const asked: string[] = [];
  client.onInput = prompt => {
    asked.push(prompt);
    return prompt.startsWith("name") ? "Ada" : "36";
  };
  return asked;
};

test("a question of node:readline is asked in the front end, as often as the cell asks and no more", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  for (const code of QUESTIONS) {
    const asked = answering(client);
    assert.equal(resultText(await client.execute(code, { allow_stdin: true })), "'Ada,36'", code);
    assert.equal(resultText(await client.execute("await new Promise(r => setTimeout(r, 10)); 'next'")), "'next'", code);
    assert.deepEqual(asked, ["name? ", "age? "], code);
  }
});

test("a question of node:readline is an error where the front end takes none, and a stop withdraws it", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  for (const code of QUESTIONS) {
    const executed = await client.execute(code, { allow_stdin: false, stop_on_error: false });
    assert.equal(nameOf(executed), "StdinNotImplementedError", code);
  }
  const asked = new Promise<void>(resolve => {
    client.onInput = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const cell = client.execute(QUESTIONS[0] as string, { allow_stdin: true });
  await asked;
  await client.ask("interrupt_request", {}, "control");
  assert.equal(nameOf(await cell), "KeyboardInterrupt");
});

/** Each would wait for ever for what nobody types. */
const READS = [
  "await new Promise(r => process.stdin.on('data', r))",
  "await new Promise(r => process.stdin.once('readable', r))",
  "await new Promise(r => process.stdin.resume().on('end', r))",
  "for await (const piece of process.stdin) console.log(piece)",
  "await require('node:events').once(process.stdin, 'data')",
  "process.stdin.pipe(process.stdout); await new Promise(() => {})",
  "await require('node:stream/consumers').text(process.stdin)",
  "import process from 'node:process'; await new Promise(r => process.stdin.on('data', r))",
  `${CALLBACK} await new Promise(r => rl.on('line', r))`,
  `${CALLBACK} rl.prompt(); await new Promise(r => rl.once('line', r))`,
  `${CALLBACK} for await (const line of rl) console.log(line)`,
  `${PROMISES} for await (const line of rl) console.log(line)`,
  `${PROMISES} await require('node:events').once(rl, 'line')`,
];

test("reading standard input in another way is an error that names what can be done", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  for (const code of READS)
    for (const allow_stdin of [true, false]) {
      const executed = await client.execute(code, { allow_stdin, stop_on_error: false });
      assert.match(String(sentenceOf(executed)), /^A cell cannot read standard input: ask with prompt\(/, code);
    }
});

test("readline of a file or a child is as it was", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const lines = "const all = []; for await (const line of rl) all.push(line); all.join()";
  const open =
    "const { Readable } = require('node:stream'); process.stdin; const rl = require('node:readline').createInterface({ input: Readable.from(['a\\nb\\n']) });";
  assert.equal(resultText(await client.execute(`${open} ${lines}`)), "'a,b'");
  assert.equal(resultText(await client.execute(`${open} await new Promise(r => rl.question('?', r))`)), "'a'");
  assert.equal(
    resultText(await client.execute("require('node:child_process').execSync('cat', { input: 'given' }).toString()")),
    "'given'",
  );
});
