import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import test, { type TestContext } from "node:test";
import { Client, freeConnection } from "../../client/index.ts";
import { EchoInterpreter } from "../../interpreter/index.ts";
import { emptyFolder } from "../../testkit/index.ts";
import { startKernel } from "../index.ts";
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

test("LATENT_HISTORY names the folder or switches it off", () => {
  assert.equal(historyFolder({ LATENT_HISTORY: "off" }), undefined);
  assert.equal(historyFolder({ LATENT_HISTORY: "/h" }), "/h");
  assert.equal(historyFolder({ XDG_DATA_HOME: "/d" }), "/d/latent/history");
});
