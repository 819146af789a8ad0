import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import zmq from "zeromq";
import { Client, freeConnection } from "../client/index.ts";
import { EchoInterpreter } from "../interpreter/index.ts";
import { address, createMessage, decode, encode, type Message } from "../protocol/index.ts";
import { streamText } from "../testkit/index.ts";
import { toCodePoints, toOffset } from "./code_points.ts";
import { RequestHeaders } from "./headers.ts";
import { startKernel } from "./index.ts";
import { helpQuestion } from "./pager.ts";

async function echo(t: TestContext) {
  const { client } = await withKernel(t);
  return client;
}

async function withKernel(t: TestContext) {
  const connection = await freeConnection();
  const { kernel } = await startKernel(connection, new EchoInterpreter());
  const client = new Client(connection);
  t.after(async () => {
    client.close();
    await kernel.leave();
  });
  await client.connect();
  return { client, kernel, connection };
}

test("a question goes to the front end that asked, and its answer comes back into the cell", async t => {
  const client = await echo(t);
  client.onInput = (prompt, password) => `${prompt}/${password}`;
  assert.equal(streamText(await client.execute("ask name? ", { allow_stdin: true })), "name? /false\n");
});

test("where the front end takes no questions the cell fails and nobody waits", async t => {
  const { reply } = await (await echo(t)).execute("ask name?", { allow_stdin: false });
  assert.equal(reply.status === "error" && reply.ename, "NoInput");
});

test("an interrupt withdraws a question that nobody answers", async t => {
  const client = await echo(t);
  const asked = new Promise<void>(resolve => {
    client.onInput = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const cell = client.execute("ask name?", { allow_stdin: true });
  await asked;
  await client.ask("interrupt_request", {}, "control");
  assert.equal((await cell).reply.status, "error");
});

test("an answer that comes after its question was withdrawn is not the answer to the next one", async t => {
  const client = await echo(t);
  let answerFirst: (text: string) => void = () => {};
  const asked = new Promise<void>(resolve => {
    client.onInput = () => {
      resolve();
      return new Promise(late => {
        answerFirst = late;
      });
    };
  });
  const first = client.execute("ask first?", { allow_stdin: true });
  await asked;
  await client.ask("interrupt_request", {}, "control");
  await first;
  client.onInput = async () => {
    answerFirst("stale");
    await new Promise(setImmediate);
    return "right";
  };
  assert.equal(streamText(await client.execute("ask second?", { allow_stdin: true })), "right\n");
});

test("a question that is asked while its cell is being stopped is not put to the reader", async t => {
  const client = await echo(t);
  client.onInput = () => assert.fail("nobody should be asked");
  let begun: () => void = () => {};
  const begins = new Promise<void>(resolve => {
    begun = resolve;
  });
  const cell = client.execute("late question", { allow_stdin: true }, () => begun());
  await begins;
  await client.ask("interrupt_request", {}, "control");
  assert.equal((await cell).reply.status, "error");
});

test("a question waits for a front end whose stdin connects later than its shell, unless its cell is stopped", async t => {
  const { client, kernel, connection } = await withKernel(t);
  const options = { linger: 0, routingId: "late", receiveTimeout: 30_000 };
  const [shell, stdin] = [new zmq.Dealer(options), new zmq.Dealer(options)];
  t.after(() => [shell, stdin].map(socket => socket.close()));
  shell.connect(address(connection, "shell"));
  const send = (socket: zmq.Dealer, type: string, content: object, parent?: Message) =>
    socket.send(
      encode(connection.key, { identities: [], message: createMessage(client.sender, type, content, parent?.header) }),
    );
  const receive = async (socket: zmq.Dealer) => decode(connection.key, await socket.receive()).message;
  const ask = async (code: string) => {
    await send(shell, "execute_request", { code, allow_stdin: true });
    while (kernel.asking?.question === undefined) await delay(1);
  };
  await ask("ask stopped? ");
  await client.ask("interrupt_request", {}, "control");
  assert.equal((await receive(shell)).content.status, "error");
  await ask("ask name? ");
  stdin.connect(address(connection, "stdin"));
  const question = await receive(stdin);
  assert.equal(question.content.prompt, "name? ");
  await send(stdin, "input_reply", { status: "ok", value: "Ada" }, question);
  assert.equal((await receive(shell)).content.status, "ok");
});

test("frames that were signed once count once", async t => {
  const client = await echo(t);
  let runs = 0;
  client.onPublished = ({ header }) => {
    if (header.msg_type === "execute_input") runs++;
  };
  const message = createMessage(client.sender, "execute_request", { code: "x" });
  const frames = encode(client.connection.key, { identities: [], message });
  client.sendRaw("shell", frames);
  client.sendRaw("shell", frames);
  client.sendRaw("control", frames);
  await client.execute("y");
  assert.equal(runs, 2);
});

test("the header of the running cell is kept, however many comm messages and cells come meanwhile", () => {
  const header = (msg_id: string) => ({ ...createMessage(SENDER, "comm_msg", {}).header, msg_id });
  const headers = new RequestHeaders();
  headers.rememberCell(header("earlier"));
  headers.rememberCell(header("cell"));
  for (let n = 0; n < 20_000; n++) headers.rememberComm(header(`slider ${n}`), header("widget"));
  assert.equal(headers.ofOutput("slider 0")?.msg_id, "widget", "it stands in line");
  for (let n = 0; n < 20_000; n++) headers.handled(`slider ${n}`);
  assert.equal(headers.get("cell")?.msg_id, "cell");
  assert.equal(headers.get("earlier")?.msg_id, "earlier");
  assert.equal(headers.get("slider 19999")?.msg_id, "slider 19999");
  assert.equal(headers.get("slider 0"), undefined, "what is kept has a bound");
});

const SENDER = { session: "s", username: "u", newId: () => "id" };

test("null and names that every object has mean what they mean in ipykernel", async t => {
  const client = await echo(t);
  client.send("comm_open", { comm_id: "c1", target_name: "jupyter.widget", data: {} });
  const { content } = await client.ask("comm_info_request", { target_name: null });
  assert.deepEqual(content.comms, { c1: { target_name: "jupyter.widget" } });
  const { content: answer } = await client.ask("history_request", { hist_access_type: "constructor" });
  assert.deepEqual(answer, { status: "ok", history: [] });
  const nothing = { user_expressions: null, allow_stdin: null, stop_on_error: null } as unknown as object;
  assert.equal((await client.execute("x", nothing)).reply.status, "ok");
});

test("user_expressions are evaluated for the reply", async t => {
  const { reply } = await (await echo(t)).execute("x", { user_expressions: { a: "one" } });
  const expected = { a: { status: "ok", data: { "text/plain": "> one" }, metadata: {} } };
  assert.deepEqual(reply.status === "ok" && reply.user_expressions, expected);
});

test("a comm of the front end is listed, answered with its buffers between busy and idle, and gone when closed", async t => {
  const client = await echo(t);
  const comms = async () => (await client.ask("comm_info_request", {})).content.comms;
  client.send("comm_open", { comm_id: "c1", target_name: "jupyter.widget", data: {} });
  assert.deepEqual(await comms(), { c1: { target_name: "jupyter.widget" } });
  const other = await client.ask("comm_info_request", { target_name: "other" });
  assert.deepEqual(other.content.comms, {});
  const seen: string[] = [];
  const echoed = new Promise<Message>(resolve => {
    let answer: Message | undefined;
    client.send("comm_msg", { comm_id: "c1", data: { n: 1 } }, "shell", message => {
      const { msg_type } = message.header;
      seen.push(msg_type === "status" ? String(message.content.execution_state) : msg_type);
      if (msg_type === "comm_msg") answer = message;
      if (message.content.execution_state === "idle" && answer) resolve(answer);
    });
  });
  assert.deepEqual((await echoed).content, { comm_id: "c1", data: { n: 1 } });
  assert.deepEqual(seen, ["busy", "comm_msg", "idle"]);
  client.send("comm_close", { comm_id: "c1", data: {} });
  assert.deepEqual(await comms(), {});
});

test("completion and inspection count the cursor in code points", async t => {
  const client = await echo(t);
  const { content } = await client.ask("complete_request", { code: "😀😀 pr", cursor_pos: 5 });
  assert.deepEqual([content.matches, content.cursor_start, content.cursor_end], [["print"], 3, 5]);
  const found = await client.ask("inspect_request", { code: "print", cursor_pos: 2, detail_level: 0 });
  assert.equal(found.content.found, true);
  assert.equal(toOffset("a😀b", 2), 3);
  assert.equal(toCodePoints("a😀b", 3), 2);
});

test("a name with a question mark opens the pager instead of running", async t => {
  const client = await echo(t);
  const { reply, outputs } = await client.execute("print?");
  assert.deepEqual(reply.status === "ok" && reply.payload, [
    { source: "page", data: { "text/plain": "print x: writes x to stdout" }, start: 0 },
  ]);
  assert.deepEqual(
    outputs.map(({ header }) => header.msg_type),
    ["execute_input"],
  );
  assert.deepEqual(helpQuestion("?a.b"), { name: "a.b", detail: 0 });
  assert.deepEqual(helpQuestion(" a??\n"), { name: "a", detail: 1 });
  for (const code of ["a", "a ? b : c", "?", "f()?"]) assert.equal(helpQuestion(code), undefined, code);
});

test("usage and connection are told on control", async t => {
  const client = await echo(t);
  const { content } = await client.ask("usage_request", {}, "control");
  assert.equal(content.pid, process.pid);
  assert.ok((content.kernel_memory as number) > 1e6);
  const ports = (await client.ask("connect_request", {})).content;
  assert.equal(ports.shell_port, client.connection.shell_port);
});
