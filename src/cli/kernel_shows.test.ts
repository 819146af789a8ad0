import assert from "node:assert/strict";
import test from "node:test";
import { contents, resultText, startOurs, streamText } from "../testkit/index.ts";

test("no value fails or hangs the cell that shows it, as its result or by display", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("const circle: any = {}; circle.circle = circle; const key = Symbol.for('Jupyter.display')");
  const values = [
    "({ data: [{ type: 'bar', y: [1] }], layout: circle })",
    "({ data: [{ type: 'bar', y: [{ toJSON() { throw new Error('no') } }] }], layout: {} })",
    "({ [key]: () => ({ 'application/json': circle }) })",
    "({ [key]: async () => ({ 'application/json': circle }) })",
    "({ [key]: async () => { throw new Error('rejects') } })",
    "({ [key]: () => ({ then() { throw new Error('thenable') } }) })",
    "({ get data() { throw new Error('not loaded') } })",
    "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()",
  ];
  for (const value of values) {
    const result = await client.execute(value, { stop_on_error: false });
    assert.equal(result.reply.status, "ok", value);
    const displayed = await client.execute(`await display(${value})`, { stop_on_error: false });
    assert.equal(displayed.reply.status, "ok", value);
    const texts = contents(displayed, "display_data").map(
      ({ data }) => (data as { "text/plain": string })["text/plain"],
    );
    assert.deepEqual(texts, [resultText(result)], value);
    assert.equal(streamText(displayed, "stderr"), streamText(result, "stderr"));
  }
  assert.match(streamText(await client.execute(values[0] as string), "stderr"), /shown as text: it refers to itself/);
});

test("a figure that is written by hand draws typed arrays and big integers", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const cell = "({ data: [{ z: [new Float32Array([1, 2]), [3n]] }], layout: { k: new Uint8Array([4]) } })";
  const [{ data }] = contents(await client.execute(cell), "execute_result") as [{ data: Record<string, unknown> }];
  assert.deepEqual(data["application/vnd.plotly.v1+json"], { data: [{ z: [[1, 2], [3]] }], layout: { k: [4] } });
});

test("user expressions may be null, no text, no JSON, or throw while they are shown", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const run = async (user_expressions: unknown) => {
    const { reply } = await client.execute("const c: any = {}; c.c = c", { user_expressions } as object);
    assert.equal(reply.status, "ok");
    return (reply as { user_expressions: Record<string, { status: string; data?: Record<string, string> }> })
      .user_expressions;
  };
  assert.deepEqual(await run(null), {});
  const shown = await run({
    circle: "({ data: [{ y: [1] }], layout: c })",
    throws: "({ [Symbol.for('Jupyter.display')]() { throw 1 } })",
    rejects: "({ [Symbol.for('Jupyter.display')]: async () => ({ 'application/json': c }) })",
    number: 5,
    last: "1 + 1",
  });
  assert.deepEqual(
    Object.values(shown).map(({ status }) => status),
    ["ok", "ok", "ok", "ok", "ok"],
  );
  assert.match(shown.circle?.data?.["text/plain"] ?? "", /Circular/);
  assert.equal(shown.number?.data?.["text/plain"], "5");
  assert.equal(shown.last?.data?.["text/plain"], "2");
  const { imports, declares, broken } = await run({
    imports: "import 'node:fs'",
    declares: "let q = 1",
    broken: "1 +",
  });
  assert.deepEqual(
    [imports, declares].map(each => each?.data),
    [{ "text/plain": "undefined" }, { "text/plain": "undefined" }],
  );
  assert.equal(broken?.status, "error");
  assert.doesNotMatch(JSON.stringify(broken), /position/);
});

test("what is sent on a comm and as metadata may hold typed arrays, and what is no JSON is an error of the cell", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const kernel = "globalThis[Symbol.for('latent.kernel')]";
  const sent = await client.execute(
    `${kernel}.comms.open('a', { values: new Float32Array([1]), big: 2n }, { buffers: [new ArrayBuffer(3)] });
     ${kernel}.display({ 'text/plain': 'x' }, { sizes: new Uint8Array([3]) });`,
  );
  const [opened] = sent.outputs.filter(({ header }) => header.msg_type === "comm_open");
  assert.deepEqual(opened?.content.data, { values: [1], big: 2 });
  assert.equal(opened?.buffers[0]?.length, 3);
  assert.deepEqual(contents(sent, "display_data")[0]?.metadata, { sizes: [3] });
  for (const call of ["comms.open('a', c)", "display({ 'application/json': c })", "display(undefined)"]) {
    const { reply } = await client.execute(`const c: any = {}; c.c = c; ${kernel}.${call}`, { stop_on_error: false });
    assert.equal(reply.status === "error" && reply.ename, "TypeError", call);
  }
});

test("half a character is the replacement character, so that Python can write the notebook", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const cell = "console.log('😀'[0] + '\\\\ud83d 😀'); display.html('😀'[1])";
  const executed = await client.execute(cell);
  assert.equal(streamText(executed), "\ufffd\\ud83d 😀\n");
  assert.deepEqual(contents(executed, "display_data")[0]?.data, { "text/html": "\ufffd" });
});
