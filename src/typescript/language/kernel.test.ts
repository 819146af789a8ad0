import assert from "node:assert/strict";
import test from "node:test";
import type { Client } from "../../client/index.ts";
import type { Json, Message } from "../../protocol/index.ts";
import { contents, emptyFolder, resultText, startOurs } from "../../testkit/index.ts";

/** Completes at the end of `code`. Positions of the protocol are code points. */
async function completion(client: Client, code: string) {
  const { content } = await client.ask("complete_request", { code, cursor_pos: [...code].length });
  const { matches, cursor_start, cursor_end, metadata } = content as unknown as {
    matches: string[];
    cursor_start: number;
    cursor_end: number;
    metadata: { _jupyter_types_experimental: Json[] };
  };
  const replaced = [...code].slice(cursor_start, cursor_end).join("");
  return { matches, replaced, types: metadata._jupyter_types_experimental };
}

/** The warnings that are published, as they come; also those that come after their cell has ended. */
function listen(client: Client) {
  const heard: { parent: string; data: Record<string, string> }[] = [];
  const waiting: (() => void)[] = [];
  client.onPublished = ({ header, parent_header, content }: Message) => {
    if (header.msg_type !== "display_data") return;
    heard.push({ parent: parent_header.msg_id ?? "", data: content.data as Record<string, string> });
    for (const wake of waiting.splice(0)) wake();
  };
  return async () => {
    while (heard.length === 0) await new Promise<void>(resolve => waiting.push(resolve));
    return heard.shift() as (typeof heard)[number];
  };
}

test("a front end completes and inspects names of cells that ran, also behind an emoji and while a cell loops", async t => {
  const { client } = await startOurs(t);
  await client.execute("/** Says it. */\nfunction shout(text: string) { return text.toUpperCase() }");
  const found = await completion(client, "const s = '😀😀'; sho");
  assert.deepEqual([found.matches, found.replaced], [["shout"], "sho"]);
  assert.deepEqual(found.types, [
    { text: "shout", type: "function", signature: "(text: string): string", start: 16, end: 19 },
  ]);
  const looping = client.execute("while (true) {}");
  assert.deepEqual((await completion(client, "shout('😀').toUpp")).matches, ["toUpperCase"]);
  const { content } = await client.ask("inspect_request", { code: "'😀'; shout", cursor_pos: 8, detail_level: 1 });
  assert.equal(content.found, true);
  const data = content.data as Record<string, string>;
  assert.match(data["text/plain"] ?? "", /^function shout\(text: string\): string\nSays it\./);
  assert.match(data["text/markdown"] ?? "", /return text\.toUpperCase\(\)/);
  await client.ask("interrupt_request", {}, "control");
  await looping;
});

test("a cell with a type error runs, and a warning with its line comes as an output of the cell", async t => {
  const { client } = await startOurs(t);
  const next = listen(client);
  const { id, reply } = client.send("execute_request", { code: "const n: number = '<b>' as any as string;\nn" });
  assert.equal((await reply).content.status, "ok");
  const { parent, data } = await next();
  assert.equal(parent, id);
  assert.match(
    data["text/plain"] ?? "",
    /^Type warning: Type 'string' is not assignable to type 'number'\. \(TS2322, line 1, column 7\)\n> 1 \| const n: number = '<b>'/,
  );
  assert.match(data["text/html"] ?? "", /&lt;b&gt;/);
  assert.doesNotMatch(data["text/html"] ?? "", /<b>/);
  assert.equal(resultText(await client.execute("n")), "'<b>'");
});

test("cells that are sent together each get their own warnings, against the names as they were", async t => {
  const { client } = await startOurs(t);
  const next = listen(client);
  const codes = ["const a = 1", "a.first", "const a = ''", "a.second", "1 + 1"];
  const sent = codes.map(code => client.send("execute_request", { code }));
  await Promise.all(sent.map(({ reply }) => reply));
  const warnings = [await next(), await next()].map(({ parent, data }) => [
    codes[sent.findIndex(({ id }) => id === parent)],
    /on type '[^']*'/.exec(data["text/plain"] ?? "")?.[0],
  ]);
  assert.deepEqual(warnings.sort(), [
    ["a.first", "on type '1'"],
    ["a.second", "on type '\"\"'"],
  ]);
});

test("cells that are run all at once in a fresh kernel are warned of their mistakes and of nothing else", async t => {
  for (let fresh = 0; fresh < 4; fresh++) {
    const { client } = await startOurs(t);
    const next = listen(client);
    // Each has one mistake, so that it is certain when all of them were checked.
    const codes = [
      "import path from 'node:path'; path.sep; const first: number = 'x'",
      "[display, process.pid]; const second: number = 'x'",
      "Buffer.from('x'); const symbol = Symbol.dispose, third: number = 'x'",
    ];
    const sent = codes.map(code => client.send("execute_request", { code }));
    await Promise.all(sent.map(({ reply }) => reply));
    const warnings = [await next(), await next(), await next()].map(({ data }) => data["text/plain"] ?? "");
    for (const warning of warnings) assert.equal(warning.match(/Type warning/g)?.length, 1, warning);
    for (const name of ["first", "second", "third"])
      assert.ok(
        warnings.some(warning => warning.includes(`${name}: number`)),
        name,
      );
  }
});

test("a strict cell with a type error does not run, and a cell of nothing but the word makes all strict", async t => {
  const { client } = await startOurs(t);
  const refused = await client.execute("// @strict\nlet ran = true;\nconst n: number = 'x'");
  const [error] = contents(refused, "error");
  assert.equal(error?.ename, "TypeScriptError");
  assert.match(String(error?.traceback), /TS2322, line 3, column 7.*> 3 \| const n: number = 'x'/s);
  assert.equal(resultText(await client.execute("typeof ran")), "'undefined'");
  assert.equal((await client.execute("const m: number = 'runs'")).reply.status, "ok");
  await client.execute("// @strict");
  assert.equal((await client.execute("const k: number = 'x'")).reply.status, "error");
  assert.equal(resultText(await client.execute("const k: number = 5; k")), "5");
});

test("LATENT_STRICT=1 makes every cell strict, LATENT_TYPES=off checks none and still completes", async t => {
  const { client: strict } = await startOurs(t, { env: { LATENT_STRICT: "1" } });
  assert.equal((await strict.execute("const k: number = 'x'")).reply.status, "error");
  const { client: off } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const seen: string[] = [];
  off.onPublished = ({ header }) => seen.push(header.msg_type);
  await off.execute("const wrong: number = 'x', right = { inner: 1 }");
  assert.deepEqual((await completion(off, "right.in")).matches, ["inner"]);
  assert.ok(!seen.includes("display_data"));
});

test("after the process of the cells has ended its names are not offered", async t => {
  const { client } = await startOurs(t);
  await client.execute("const goneLater = 1");
  assert.deepEqual((await completion(client, "goneLa")).matches, ["goneLater"]);
  await client.execute("process.exit(1)");
  assert.deepEqual((await completion(client, "goneLa")).matches, []);
});

test("cells run and are answered while TypeScript's server starts", async t => {
  const { client } = await startOurs(t, { cwd: emptyFolder(t) });
  const asked = completion(client, "'x'.toUpp");
  assert.equal(resultText(await client.execute("1 + 1")), "2");
  assert.deepEqual((await asked).matches, ["toUpperCase"]);
});
