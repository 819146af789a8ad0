import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { Client } from "../client/index.ts";
import type { Message } from "../protocol/index.ts";
import { startOurs } from "../testkit/index.ts";

/** A comm that says what it hears, without the library: `line` in later cells. */
const LINE = `
const { comms } = globalThis[Symbol.for("latent.kernel")];
const line = comms.open("line", {});
line.onMessage = ({ data }) => { console.log("heard", data.n); line.send({ echo: data.n }) };`;

async function withLine(t: TestContext, code = LINE): Promise<{ client: Client; cell: string; id: string }> {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const { outputs } = await client.execute(code);
  const open = outputs.find(({ header }) => header.msg_type === "comm_open") as Message;
  return { client, cell: parentId(open), id: String(open.content.comm_id) };
}

/** Sends what a page would send, and resolves with all that was published until the kernel has dealt with it. */
async function move(client: Client, comm_id: string, data: object): Promise<{ asked: string; published: Message[] }> {
  const published: Message[] = [];
  client.onPublished = message => void published.push(message);
  const asked = await new Promise<string>(resolve => {
    client.send("comm_msg", { comm_id, data }, "shell", message => {
      if (message.content.execution_state === "idle") resolve(parentId(message));
    });
  });
  return { asked, published };
}

const parentId = (message: Message): string => String((message.parent_header as { msg_id?: string }).msg_id);
const ofType = (messages: Message[], type: string) => messages.filter(({ header }) => header.msg_type === type);

test("what a widget's handler prints lands below the cell of the widget, what it sends answers the page", async t => {
  const { client, cell, id } = await withLine(t);
  await client.execute("'another cell'");
  const { asked, published } = await move(client, id, { n: 3 });
  const [printed] = ofType(published, "stream");
  assert.equal(printed?.content.text, "heard 3\n");
  assert.equal(parentId(printed as Message), cell);
  const [sent] = ofType(published, "comm_msg");
  assert.deepEqual(sent?.content.data, { echo: 3 });
  assert.equal(parentId(sent as Message), asked);
});

test("a comm that a handler opens belongs to the same cell, and so does what its handler prints after an await", async t => {
  const { client, cell, id } = await withLine(
    t,
    `${LINE}
    line.onMessage = () => {
      const child = comms.open("line", {});
      child.onMessage = async () => { await new Promise(done => setTimeout(done, 20)); console.error("late") };
    }`,
  );
  const { published } = await move(client, id, {});
  const [opened] = ofType(published, "comm_open");
  const late = new Promise<Message>(resolve => {
    client.onPublished = message => message.header.msg_type === "stream" && resolve(message);
  });
  client.send("comm_msg", { comm_id: opened?.content.comm_id, data: {} }, "shell");
  assert.equal(parentId(await late), cell);
});

test("a handler that loops is stopped by an interrupt, says so below its cell, and the next message is heard", async t => {
  const { client, cell, id } = await withLine(
    t,
    `${LINE}
    line.onMessage = ({ data }) => { console.log("heard", data.n); while (data.n === 1) {} }`,
  );
  const looping = move(client, id, { n: 1 });
  await new Promise<void>(resolve => {
    const was = client.onPublished;
    client.onPublished = message => {
      was?.(message);
      if (message.header.msg_type === "stream") resolve();
    };
  });
  await client.ask("interrupt_request", {}, "control");
  const { published } = await looping;
  const [error] = ofType(published, "error");
  assert.equal(error?.content.ename, "KeyboardInterrupt");
  assert.equal(parentId(error as Message), cell);
  const again = await move(client, id, { n: 2 });
  assert.equal(ofType(again.published, "stream")[0]?.content.text, "heard 2\n");
});

test("a handler knows below which message its output appears, and that it is another after a stop", async t => {
  const { client, cell, id } = await withLine(
    t,
    `${LINE}
    const kernel = globalThis[Symbol.for("latent.kernel")];
    line.onMessage = async ({ data }) => {
      if (data.n === 1) await new Promise(() => {});
      line.send({ parent: kernel.parent, stops: kernel.stops });
    }`,
  );
  const before = await move(client, id, { n: 0 });
  const first = ofType(before.published, "comm_msg")[0]?.content.data as { parent: string; stops: number };
  assert.equal(first.parent, cell);
  await move(client, id, { n: 1 });
  await client.ask("interrupt_request", {}, "control");
  const { published } = await move(client, id, { n: 0 });
  const then = ofType(published, "comm_msg")[0]?.content.data as { stops: number };
  assert.ok(then.stops > first.stops, `${then.stops} stops after ${first.stops}`);
});

test("while a cell trains every event of a slider is heard, in the order in which they came, and none waits for its end", async t => {
  const COUNT = 240; // four seconds of a hand on a slider
  const { client, id } = await withLine(
    t,
    `${LINE}
    const heard: number[] = [];
    line.onMessage = ({ data }) => { heard.push(data.n); line.send({ echo: data.n }) };`,
  );
  const echoed: unknown[] = [];
  client.onPublished = ({ header, content }) => {
    if (header.msg_type === "comm_msg") echoed.push((content.data as { echo: number }).echo);
  };
  const training = client.execute(`while (heard.length < ${COUNT}) {
    await new Promise(done => setImmediate(done));
    for (let i = 0, x = 0; i < 100_000; i++) x += i * i;
  }
  heard.join()`);
  for (let n = 0; n < COUNT; n++) client.send("comm_msg", { comm_id: id, data: { n } }, "shell");
  const { reply, outputs } = await training;
  assert.equal(reply.status, "ok");
  const all = Array.from({ length: COUNT }, (_, n) => n);
  assert.deepEqual(outputs.at(-1)?.content.data, { "text/plain": `'${all.join()}'` });
  assert.deepEqual(echoed, all);
});
