import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import test from "node:test";
import { fitsHere } from "./course.mjs";
import { download, isAddress, targetOf } from "./download.mjs";
import { archiveOf, COURSE, emptyFolder, PLATFORM } from "./fixtures.mjs";

const options = { pauseMs: 1, stallMs: 2000, fits: fitsHere("the archive", COURSE, PLATFORM) };
const BIG = "b".repeat(5 << 20);

/** A server of `bytes` that counts what it sent; `answer` may do otherwise first. */
async function serve(t, state, answer = () => false) {
  state.sent = 0;
  state.ranges = [];
  const server = createServer((request, response) => {
    state.ranges.push(request.headers.range);
    response.on("error", () => {}); // a client that hangs up is part of the play
    if (answer(request, response)) return;
    const valid = request.headers["if-range"] === state.tag;
    const start = valid ? Number(/\d+/.exec(request.headers.range)[0]) : 0;
    const rest = state.bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length, etag: state.tag });
    state.sent += rest.length;
    response.end(rest);
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/latent-class.tar`;
}

/** Sends the first part of the file and breaks off. */
function breakAt(state, length) {
  return (_request, response) => {
    response.writeHead(200, { "content-length": state.bytes.length, etag: state.tag });
    response.write(state.bytes.subarray(0, length), () => setTimeout(() => response.destroy(), 50));
    return true;
  };
}

test("an address is known from a file's name, and names an archive", () => {
  assert.equal(isAddress("http://10.0.0.2:8000/a.tar"), true);
  assert.equal(isAddress("folder/a.tar"), false);
  assert.equal(targetOf("http://10.0.0.2:8000/x/a.tar?y", "/here"), join("/here", "a.tar"));
  assert.throws(() => targetOf("http://10.0.0.2:8000/"), /is not the address of an archive/);
});

test("a download that broke off goes on where it ended, in the same call and in the next", async t => {
  const folder = emptyFolder(t);
  const state = { bytes: readFileSync(await archiveOf(folder, { big: BIG })), tag: '"1"' };
  let broken = false;
  const address = await serve(t, state, (request, response) => {
    if (broken) return false;
    broken = true;
    return breakAt(state, 3 << 20)(request, response);
  });
  const target = join(folder, "here", "a.tar");
  await download(address, target, options);
  assert.deepEqual(readFileSync(target), state.bytes);
  assert.equal(state.ranges[0], undefined);
  assert.match(state.ranges[1], /^bytes=\d{7}-$/);
  assert.ok(state.sent < state.bytes.length);
  assert.deepEqual(readdirSync(join(folder, "here")), ["a.tar"]);
});

test("a download that cannot end says what to do, and keeps what it has for the next call", async t => {
  const folder = emptyFolder(t);
  const state = { bytes: readFileSync(await archiveOf(folder, { big: BIG })), tag: '"1"' };
  const play = { dead: true };
  const address = await serve(t, state, (request, response) => {
    if (!play.dead) return false;
    if (state.ranges.length > 1) return response.destroy() && true;
    return breakAt(state, 3 << 20)(request, response);
  });
  const target = join(folder, "here", "a.tar");
  await assert.rejects(
    download(address, target, options),
    /could not be downloaded .* which goes on where it ended\.$/,
  );
  assert.equal(existsSync(target), false);
  play.dead = false;
  await download(address, target, options);
  assert.deepEqual(readFileSync(target), state.bytes);
  assert.ok(state.sent < state.bytes.length);
});

test("a file that the server has replaced is fetched from its beginning", async t => {
  const folder = emptyFolder(t);
  const state = { bytes: readFileSync(await archiveOf(folder, { big: BIG })), tag: '"2"' };
  const address = await serve(t, state);
  const target = join(folder, "a.tar");
  writeFileSync(`${target}.part`, "the beginning of an older one");
  writeFileSync(`${target}.part.tag`, '"1"');
  await download(address, target, options);
  assert.deepEqual(readFileSync(target), state.bytes);
});

test("an archive for another machine is refused at its beginning, and nothing of it is kept", async t => {
  const folder = emptyFolder(t);
  const state = { bytes: readFileSync(await archiveOf(folder, { big: BIG }, { platform: "aix-ppc64" })), tag: '"1"' };
  const open = [];
  const address = await serve(t, state, breakLate(state, open));
  await assert.rejects(download(address, join(folder, "here", "a.tar"), options), /is for aix-ppc64/);
  assert.deepEqual(
    readdirSync(join(folder, "here")).filter(name => !name.endsWith(".tag")),
    [],
  );
});

/** Sends three megabytes and no more: whoever waits for the rest hangs. */
function breakLate(state, open) {
  return (_request, response) => {
    response.writeHead(200, { "content-length": state.bytes.length, etag: state.tag });
    response.write(state.bytes.subarray(0, 3 << 20));
    open.push(response);
    return true;
  };
}

test("an address that has no archive says so at once", async t => {
  const state = {};
  const address = await serve(t, state, (_request, response) => response.writeHead(404).end() && true);
  await assert.rejects(download(address, join(emptyFolder(t), "a.tar"), options), /answers 404: check the address\.$/);
  assert.equal(state.ranges.length, 1);
});
