import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Client, freeConnection } from "../../client/index.ts";
import { EchoInterpreter } from "../../interpreter/index.ts";
import { emptyFolder } from "../../testkit/index.ts";
import { startKernel } from "../index.ts";
import { globMatches } from "./glob.ts";
import { HistoryStore, historyFolder } from "./store.ts";

async function session(t: TestContext, folder: string | undefined, ...cells: string[]) {
  const connection = await freeConnection();
  const { kernel } = await startKernel(connection, new EchoInterpreter(), { historyFolder: folder });
  const client = new Client(connection);
  t.after(async () => {
    client.close();
    await kernel.leave();
  });
  await client.connect();
  for (const cell of cells) await client.execute(cell);
  return async (content: Record<string, unknown>) => {
    const reply = await client.ask("history_request", { raw: true, output: false, ...content });
    assert.equal(reply.content.status, "ok");
    return reply.content.history;
  };
}

test("cells of earlier sessions are found, each with its true session number", async t => {
  const folder = emptyFolder(t);
  await session(t, folder, "a1", "a2");
  const ask = await session(t, folder, "b1", "print b2");
  assert.deepEqual(await ask({ hist_access_type: "tail", n: 3 }), [
    [1, 2, "a2"],
    [2, 1, "b1"],
    [2, 2, "print b2"],
  ]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: 1, stop: 2 }), [[2, 1, "b1"]]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: -1, start: 2 }), [[1, 2, "a2"]]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 1, start: 1, stop: 9 }), [
    [1, 1, "a1"],
    [1, 2, "a2"],
  ]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 77 }), []);
});

test("search takes a glob, counts the newest, and can leave out repetitions", async t => {
  const ask = await session(t, emptyFolder(t), "x = 1", "y = (2)", "x = 1", "x = 3");
  const search = (content: Record<string, unknown>) => ask({ hist_access_type: "search", ...content });
  assert.deepEqual(await search({ pattern: "x*", n: 2 }), [
    [1, 3, "x = 1"],
    [1, 4, "x = 3"],
  ]);
  assert.deepEqual(await search({ pattern: "x*", unique: true }), [
    [1, 3, "x = 1"],
    [1, 4, "x = 3"],
  ]);
  assert.deepEqual(await search({ pattern: "y = (?)" }), [[1, 2, "y = (2)"]]);
  assert.deepEqual(await search({ pattern: "x" }), []);
});

test("output true adds the text of the result", async t => {
  const ask = await session(t, undefined, "hello", "print quiet");
  assert.deepEqual(await ask({ hist_access_type: "tail", n: 5, output: true }), [
    [1, 1, ["hello", "> hello"]],
    [1, 2, ["print quiet", null]],
  ]);
});

test("two kernels that start together take different numbers", t => {
  const folder = emptyFolder(t);
  const stores = [new HistoryStore(folder), new HistoryStore(folder), new HistoryStore(folder)];
  assert.deepEqual(
    stores.map(store => store.session),
    [1, 2, 3],
  );
});

test("a line that a crash cut off is left out, the rest of its session stays", t => {
  const folder = emptyFolder(t);
  writeFileSync(`${folder}/000001.jsonl`, '{"line":1,"input":"whole","output":null}\n{"line":2,"inp');
  const store = new HistoryStore(folder);
  assert.deepEqual(store.of(1), [{ session: 1, line: 1, input: "whole", output: null }]);
});

test("where the folder cannot be written the history lives as long as the kernel, and says why once", t => {
  const stderr = t.mock.method(console, "error", () => {});
  const file = `${emptyFolder(t)}/file`;
  mkdirSync(file, { recursive: true });
  writeFileSync(`${file}/not-a-folder`, "");
  const store = new HistoryStore(`${file}/not-a-folder/history`);
  store.add(1, "kept", null);
  assert.equal(store.of(store.session)[0]?.input, "kept");
  assert.equal(stderr.mock.callCount(), 1);
  assert.match(String(stderr.mock.calls[0]?.arguments[0]), /LATENT_HISTORY/);
});

test("a cell ends well although the history folder was removed, is full, or became a file, and recall goes on", async t => {
  const folder = join(emptyFolder(t), "history");
  const stderr = t.mock.method(console, "error", () => {});
  const connection = await freeConnection();
  const { kernel } = await startKernel(connection, new EchoInterpreter(), { historyFolder: folder });
  const client = new Client(connection);
  t.after(async () => {
    client.close();
    await kernel.leave();
  });
  await client.connect();
  await client.execute("first");
  rmSync(folder, { recursive: true });
  assert.equal((await client.execute("second")).reply.status, "ok");
  writeFileSync(folder, "");
  const { reply } = await client.execute("third", { user_expressions: { a: "one" } });
  const shown = { status: "ok", data: { "text/plain": "> one" }, metadata: {} };
  assert.deepEqual(reply.status === "ok" && reply.user_expressions, { a: shown });
  assert.equal(stderr.mock.callCount(), 1);
  const { content } = await client.ask("history_request", { hist_access_type: "tail", n: 9 });
  assert.deepEqual(content.history, [
    [1, 1, "first"],
    [1, 2, "second"],
    [1, 3, "third"],
  ]);
});

test("what a full disk cut off damages no later line, and what is written then is kept", t => {
  t.mock.method(console, "error", () => {});
  const folder = emptyFolder(t);
  const store = new HistoryStore(folder);
  store.add(1, "one", null);
  writeFileSync(join(folder, "000001.jsonl"), '{"line":2,"inp', { flag: "a" });
  store.add(3, "three", null);
  assert.deepEqual(
    new HistoryStore(folder).of(1).map(({ line }) => line),
    [1, 3],
  );
});

const damaged: Record<string, string> = {
  "zeros before a line": '\0\0\0{"line":1,"input":"whole","output":null}\n',
  "zeros in a line": '{"line":7,"inp\0\0\0\0\n{"line":1,"input":"whole","output":null}\n',
  "a line of another shape": 'null\n5\n[]\n{"line":"1","input":"x"}\n{"line":1,"input":"whole"}\n',
  "bytes that are no text": '\u00ff\u00fe{\n{"line":1,"input":"whole","output":7}\n',
  "a last line without its end": '{"line":1,"input":"whole","output":null}',
};
for (const [what, text] of Object.entries(damaged)) {
  test(`${what}: the rest of the session is read, and nothing fails`, t => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, "000001.jsonl"), text, "latin1");
    const store = new HistoryStore(folder);
    assert.deepEqual(store.of(1), [{ session: 1, line: 1, input: "whole", output: null }]);
  });
}

test("a folder where a session should be, and a number beyond all counting, stop no kernel", t => {
  t.mock.method(console, "error", () => {});
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "000004.jsonl"));
  for (const name of ["99999999999999999999.jsonl", "100000000000000000000.jsonl", "000002.jsonl.lock"])
    writeFileSync(join(folder, name), "");
  const store = new HistoryStore(folder);
  assert.equal(store.session, 5);
  assert.deepEqual(store.of(4), []);
  store.add(1, "kept", null);
  assert.deepEqual(store.sessions(), [4, 5]);
});

test("a session too old is removed also where another one cannot be", t => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "000001.jsonl"));
  for (let n = 2; n <= 1002; n++) writeFileSync(join(folder, `${String(n).padStart(6, "0")}.jsonl`), "");
  const stderr = t.mock.method(console, "error", () => {});
  assert.equal(new HistoryStore(folder).session, 1003);
  assert.equal(stderr.mock.callCount(), 0);
  assert.equal(existsSync(join(folder, "000002.jsonl")), false);
  assert.equal(existsSync(join(folder, "000003.jsonl")), true);
});

test("a huge cell is kept whole, and a huge result as its beginning", t => {
  const folder = emptyFolder(t);
  const store = new HistoryStore(folder);
  store.add(1, "x".repeat(5_000_000), "y".repeat(5_000_000));
  const [entry] = new HistoryStore(folder).of(1);
  assert.equal(entry?.input.length, 5_000_000);
  assert.match(entry?.output ?? "", /^y{100000}…$/);
});

test("two kernels write their cells at the same time, each into its own session", t => {
  const folder = emptyFolder(t);
  const stores = [new HistoryStore(folder), new HistoryStore(folder)];
  for (let line = 1; line <= 50; line++) for (const [n, store] of stores.entries()) store.add(line, `of ${n}`, null);
  const read = new HistoryStore(folder);
  for (const session of [1, 2]) {
    const entries = read.of(session);
    assert.equal(entries.length, 50);
    assert.ok(entries.every(({ input }) => input === `of ${session - 1}`));
  }
});

test("only its owner reads what was typed, also in a folder that an earlier version made", t => {
  const fresh = join(emptyFolder(t), "share", "history");
  const older = join(emptyFolder(t), "history");
  mkdirSync(older, { mode: 0o755 });
  writeFileSync(join(older, "000001.jsonl"), "");
  for (const folder of [fresh, older]) {
    const store = new HistoryStore(folder);
    store.add(1, "secret", null);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(join(folder, `00000${store.session}.jsonl`)).mode & 0o777, 0o600);
  }
});

test("a folder in which other things lie keeps its rights", t => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "shared"), { mode: 0o755 });
  writeFileSync(join(folder, "shared", "notes.txt"), "");
  assert.equal(new HistoryStore(join(folder, "shared")).session, 1);
  assert.equal(statSync(join(folder, "shared")).mode & 0o777, 0o755);
  assert.equal(readFileSync(join(folder, "shared", "notes.txt"), "utf8"), "");
});

test("a glob matches the whole text, and ten stars over a long cell take no time", () => {
  for (const [pattern, text, expected] of [
    ["a*c", "abbc", true],
    ["a*c", "abcd", false],
    ["*b?", "abbc", true],
    ["*", "", true],
    ["?", "", false],
    ["x.y*", "x-y", false],
    ["*a*b", "aab\nb", true],
  ] as const)
    assert.equal(globMatches(pattern, text), expected, `${pattern} ${text}`);
  assert.equal(globMatches("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(20_000)), false);
});

test("LATENT_HISTORY names the folder or switches it off", () => {
  assert.equal(historyFolder({ LATENT_HISTORY: "off" }), undefined);
  assert.equal(historyFolder({ LATENT_HISTORY: "/h" }), "/h");
  assert.equal(historyFolder({ XDG_DATA_HOME: "/d" }), "/d/latent/history");
  assert.equal(
    historyFolder({ LATENT_HISTORY: "", XDG_DATA_HOME: "" }, () => "/home/ana"),
    "/home/ana/.local/share/latent/history",
  );
});

test("a user without a home folder has a kernel without a history", t => {
  const stderr = t.mock.method(console, "error", () => {});
  const homeless = () => {
    throw new Error("no such user");
  };
  assert.equal(historyFolder({}, homeless), undefined);
  assert.match(String(stderr.mock.calls[0]?.arguments[0]), /no such user.*LATENT_HISTORY/);
});

test("of a long output nothing is held but what the history tells of it", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const store = new HistoryStore(undefined);
  collect();
  const before = process.memoryUsage().heapUsed;
  // As the reader of a frame makes them: each a text of its own.
  for (let line = 1; line <= 20; line++) store.add(line, "big", JSON.parse(`"${"y".repeat(4e6)}"`));
  collect();
  const held = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  // 20 outputs of 100,000 characters are 4 MB, two or three whole ones may still be in use; all of them are 80.
  assert.ok(held < 30, `${held} MB`);
  assert.equal(store.of(store.session)[0]?.output, `${"y".repeat(100_000)}…`);
});
