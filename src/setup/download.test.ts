import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../testkit/index.ts";
import { content, startMirrors } from "../testkit/mirrors.ts";
import { download } from "./download.ts";

const signal = new AbortController().signal;

/** Asks a server that behaves so; its file is there or the promise rejects. */
async function fetched(t: TestContext, behaviour: string, advance = (_done: number, _total?: number): void => {}) {
  const mirrors = await startMirrors(t);
  const path = join(emptyFolder(t), "file");
  const options = { signal, advance, stallMs: 300, pauseMs: 1 };
  const done = download(`${mirrors.address}/${behaviour}/file`, path, options).then(() => readFileSync(path));
  return { done, asked: mirrors.asked };
}

test("a download tells how much it has and of how much", async t => {
  const told: (number | undefined)[] = [];
  const { done } = await fetched(t, "ranges", (bytes, total) => void told.push(bytes, total));
  assert.deepEqual(await done, content);
  assert.deepEqual(told.slice(-2), [content.length, content.length]);
});

test("a download whose connection broke goes on where it broke off", async t => {
  const mirrors = await startMirrors(t);
  const path = join(emptyFolder(t), "file");
  const watch = mirrors.watch(0);
  const kept = setInterval(() => {
    if (!existsSync(path) || statSync(path).size < 1000) return;
    clearInterval(kept);
    watch.alive(); // the server waits for it before it breaks the connection
  }, 5);
  await download(`${mirrors.address}/breaks/file`, path, { signal, advance: () => {}, pauseMs: 1 });
  assert.deepEqual(readFileSync(path), content);
  assert.deepEqual(mirrors.asked, ["breaks", "breaks from 1000"]);
});

test("a server without the file is asked once, and its answer told", async t => {
  const { done, asked } = await fetched(t, "none");
  await assert.rejects(done, /none\/file answers HTTP 404/);
  assert.deepEqual(asked, ["none"]);
});

test("a host that nobody answers at is told at once", async t => {
  const path = join(emptyFolder(t), "file");
  const options = { signal, advance: () => {} };
  await assert.rejects(download("http://127.0.0.1:1/x", path, options), /127\.0\.0\.1:1 cannot be reached/);
});

test("a server that goes silent is given up after three tries", async t => {
  const { done, asked } = await fetched(t, "pauses");
  await assert.rejects(done, /sent nothing for 0\.3 s/);
  assert.equal(asked.length, 3);
});

test("an interruption ends a download with the interruption, not with a network error", async t => {
  const mirrors = await startMirrors(t);
  const interruption = new AbortController();
  const options = { signal: interruption.signal, advance: () => interruption.abort() };
  const running = download(`${mirrors.address}/pauses/file`, join(emptyFolder(t), "file"), options);
  await assert.rejects(running, { name: "AbortError" });
});
