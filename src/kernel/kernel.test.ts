import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { Client, freeConnection } from "../client/index.ts";
import { EchoInterpreter } from "../interpreter/index.ts";
import type { Message } from "../protocol/index.ts";
import { contents, resultText, streamText } from "../testkit/index.ts";
import { startKernel } from "./index.ts";

async function echo(t: TestContext) {
  const connection = await freeConnection();
  const { kernel, gone } = await startKernel(connection, new EchoInterpreter());
  const client = new Client(connection);
  t.after(async () => {
    client.close();
    await kernel.leave();
  });
  const info = await client.connect();
  return { client, kernel, gone, info };
}

test("kernel_info tells the protocol, the implementation and the language", async t => {
  const { info } = await echo(t);
  assert.equal(info.content.status, "ok");
  assert.equal(info.content.protocol_version, "5.5");
  assert.equal(info.content.implementation, "latent");
  assert.equal((info.content.language_info as { name: string }).name, "echo");
});

test("a cell publishes busy, its input, its outputs, and idle last", async t => {
  const { client } = await echo(t);
  const seen: string[] = [];
  await new Promise<void>(resolve => {
    const take = ({ header, content }: Message) => {
      seen.push(header.msg_type === "status" ? String(content.execution_state) : header.msg_type);
      if (seen.at(-1) === "idle") resolve();
    };
    client.send("execute_request", { code: "print hello" }, "shell", take);
  });
  assert.deepEqual(seen, ["busy", "execute_input", "stream", "idle"]);
  assert.equal(streamText(await client.execute("print hello")), "hello\n");
});

test("every output names the request that caused it", async t => {
  const { client } = await echo(t);
  const { id, reply } = client.send("execute_request", { code: "anything" });
  const published: unknown[] = [];
  client.onPublished = ({ header, parent_header }) => {
    if (header.msg_type !== "status") published.push(parent_header.msg_id);
  };
  assert.equal((await reply).parent_header.msg_id, id);
  await client.execute("print done");
  assert.deepEqual(published.slice(0, 2), [id, id]);
});

test("the count rises with each cell that is stored, and a silent cell shows nothing of itself", async t => {
  const { client } = await echo(t);
  assert.equal((await client.execute("a")).reply.execution_count, 1);
  const silent = await client.execute("fail quietly", { silent: true, stop_on_error: false });
  assert.equal(silent.reply.status, "error");
  assert.deepEqual(silent.outputs, []);
  const second = await client.execute("b");
  assert.equal(second.reply.execution_count, 2);
  assert.equal(resultText(second), "> b");
});

test("an error comes as a message and in the reply, and aborts the cells that were waiting", async t => {
  const { client } = await echo(t);
  const cells = await failingFirst(client, {});
  assert.deepEqual(
    cells.map(cell => cell.reply.status),
    ["error", "aborted", "aborted"],
  );
  assert.equal(contents(cells[0], "error")[0]?.ename, "KeyboardInterrupt");
  assert.equal((await client.execute("after")).reply.status, "ok");
});

test("stop_on_error false lets the waiting cells run", async t => {
  const { client } = await echo(t);
  const cells = await failingFirst(client, { stop_on_error: false });
  assert.deepEqual(
    cells.map(cell => cell.reply.status),
    ["error", "ok", "ok"],
  );
});

/** A cell that fails once the two behind it are known to be in line. */
async function failingFirst(client: Client, options: { stop_on_error?: boolean }) {
  const cells = [client.execute("wait", options), client.execute("a"), client.execute("b")] as const;
  // Shell messages arrive in order: this answer comes after the three cells are in.
  await client.ask("kernel_info_request", {});
  await client.ask("interrupt_request", {}, "control");
  return Promise.all(cells);
}

test("while a cell runs, heartbeat, kernel_info and interrupt are answered", async t => {
  const { client } = await echo(t);
  const waiting = client.execute("wait");
  assert.ok((await client.heartbeat()) < 1000);
  assert.equal((await client.ask("kernel_info_request", {}, "control")).content.status, "ok");
  await client.ask("interrupt_request", {}, "control");
  const { reply } = await waiting;
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt");
});

test("a message with a wrong signature, or of an unknown type, is ignored and the kernel lives on", async t => {
  const { client } = await echo(t);
  const stderr = t.mock.method(console, "error", () => {});
  client.sendRaw("shell", ["<IDS|MSG>", "0".repeat(64), "{}", "{}", "{}", "{}"].map(Buffer.from));
  client.sendRaw("shell", [Buffer.from("nonsense")]);
  client.send("no_such_request", {});
  assert.equal(resultText(await client.execute("still here")), "> still here");
  const reported = stderr.mock.calls.map(call => String(call.arguments[0]));
  assert.match(reported.join("\n"), /signature.*delimiter.*no_such_request/s);
});

test("shutdown is answered, published to everybody, and then the kernel is gone", async t => {
  const { client, gone } = await echo(t);
  const published = new Promise(resolve => {
    client.onPublished = ({ header, content }) => header.msg_type === "shutdown_reply" && resolve(content);
  });
  const { content } = await client.ask("shutdown_request", { restart: true }, "control");
  assert.deepEqual(content, { status: "ok", restart: true });
  assert.deepEqual(await published, content);
  await gone;
});

test("3,000 messages in one turn of the loop all arrive, in order", async t => {
  const { client, kernel } = await echo(t);
  const { id, reply } = client.send("execute_request", { code: "first" });
  await reply;
  const numbers: unknown[] = [];
  const all = new Promise<void>(resolve => {
    client.onPublished = ({ header, content }) => {
      if (header.msg_type !== "display_data") return;
      numbers.push((content.data as { n: number }).n);
      if (numbers.length === 3000) resolve();
    };
  });
  const { publishOutput } = await import("./outputs.ts");
  for (let n = 0; n < 3000; n++) publishOutput(kernel, id, { type: "display_data", data: { n }, metadata: {} });
  await all;
  assert.deepEqual(
    numbers,
    Array.from({ length: 3000 }, (_, n) => n),
  );
});
