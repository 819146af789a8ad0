import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, type TestContext, test } from "node:test";
import { emptyFolder } from "../../../testkit/index.ts";
import { DataAbsent, DataError } from "../errors.ts";
import { sha256Of } from "./checksum.ts";
import { readDataFile } from "./files.ts";
import type { DataFile, DataSet } from "./packing.ts";

const STALL_MS = 150;
const content = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 251));
const other = Buffer.from(content.map(byte => 255 - byte));

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** Sends part of the file and then does what `after` says. */
const begins = (sent: number, after: (response: ServerResponse) => void): Behaviour => {
  return (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, sent), () => setTimeout(after, 20, response));
  };
};

/** How a mirror may behave: the last part of its address. */
const behaviours: Record<string, Behaviour> = {
  good: (_, response) => void response.end(content),
  ranges: (request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const rest = content.subarray(from);
    const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from ? 206 : 200, { "content-length": rest.length, ...(from ? range : {}) });
    response.end(rest);
  },
  // the range that it grants is not the one that was asked for
  wrongRange: (request, response) => {
    const status = request.headers.range ? 206 : 200;
    response.writeHead(status, { "content-range": `bytes 5-9/${content.length}` }).end(content.subarray(5, 10));
  },
  none: (_, response) => void response.writeHead(404).end("no such file"),
  busy: (_, response) => void response.writeHead(503).end(),
  page: (_, response) => void response.end("<html>Please sign in to this Wi-Fi</html>"),
  other: (_, response) => void response.end(other),
  half: begins(15_000, response => response.destroy()),
  // chunked, so nothing says that there is more to come
  short: (_, response) => {
    response.write(content.subarray(0, 15_000));
    response.end();
  },
  silent: () => {},
  stalls: begins(15_000, () => {}),
  drops: request => void request.socket.destroy(),
  longer: (_, response) => void response.end(Buffer.concat([content, content])),
  endless: (_, response) => {
    const timer = setInterval(() => response.write(content), 5);
    response.once("close", () => clearInterval(timer));
  },
};

interface Mirrors {
  set: DataSet;
  file: DataFile;
  env: Record<string, string>;
  /** What was asked: the behaviour, and the first byte where a range was. */
  asked: string[];
  cached: string;
}

/** A server that has one mirror a behaviour, and an empty cache. */
async function mirrors(t: TestContext, names: string[], known: "packing" | "content" = "packing"): Promise<Mirrors> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url?.split("/")[1] ?? "";
    const range = /bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1];
    asked.push(range ? `${name} from ${range}` : name);
    (behaviours[name] as Behaviour)(request, response);
  });
  await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sums = known === "packing" ? { sha256: sha256Of(content), bytes: content.length } : {};
  const packing = { name: "set.bin", addresses: names.map(name => `${address}/${name}/set.bin`), ...sums };
  const file: DataFile = { sha256: sha256Of(content), packings: [packing] };
  const set: DataSet = { title: "A set", folder: "a-set", licence: "", files: { file } };
  const cache = emptyFolder(t);
  const env = { LATENT_CACHE: cache, LATENT_TEST_SERVER: address };
  return { set, file, env, asked, cached: join(cache, "data", "a-set", "set.bin") };
}

const read = ({ set, file, env }: Mirrors) => readDataFile(set, file, { env, stallMs: STALL_MS });

const moves: [mirrors: string[], asked: string[], known?: "content"][] = [
  [["good"], ["good"]],
  [
    ["none", "good"],
    ["none", "good"],
  ],
  [
    ["busy", "good"],
    ["busy", "good"],
  ],
  [
    ["page", "good"],
    ["page", "good"],
  ],
  [
    ["other", "good"],
    ["other", "good"],
  ],
  [["other", "good"], ["other", "good"], "content"],
  [["short", "good"], ["short", "good"], "content"],
  [
    ["silent", "good"],
    ["silent", "good"],
  ],
  [
    ["drops", "good"],
    ["drops", "good"],
  ],
  [
    ["longer", "good"],
    ["longer", "good"],
  ],
  [
    ["endless", "good"],
    ["endless", "good"],
  ],
  // what a mirror began, it or the next one ends
  [
    ["half", "ranges"],
    ["half", "half from 15000", "ranges from 15000"],
  ],
  [
    ["stalls", "ranges"],
    ["stalls", "stalls from 15000", "ranges from 15000"],
  ],
  [
    ["half", "good"],
    ["half", "half from 15000", "good from 15000"],
  ],
  [
    ["half", "wrongRange", "good"],
    ["half", "half from 15000", "wrongRange from 15000", "wrongRange", "good"],
  ],
];
for (const [names, expected, known] of moves) {
  const title = `mirrors ${names.join(", ")}${known ? " of a file whose own checksum is unknown" : ""}: the file is had`;
  test(title, { timeout: 20_000 }, async t => {
    const all = await mirrors(t, names, known);
    assert.deepEqual(await read(all), content);
    assert.deepEqual(all.asked, expected);
    assert.deepEqual(readFileSync(all.cached), content);
    assert.deepEqual(readdirSync(join(all.cached, "..")), ["set.bin"]);
  });
}

test("a beginning of another file spoils the rest, so the mirror is asked once more for all of it", async t => {
  behaviours.otherHalf = (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(other.subarray(0, 15_000), () => setTimeout(() => response.destroy(), 20));
  };
  const all = await mirrors(t, ["otherHalf", "ranges"]);
  assert.deepEqual(await read(all), content);
  assert.deepEqual(all.asked.slice(-2), ["ranges from 15000", "ranges"]);
});

test("a file that was fetched is not fetched again", async t => {
  const all = await mirrors(t, ["good"]);
  await read(all);
  await read(all);
  assert.deepEqual(all.asked, ["good"]);
});

test("a damaged file of the cache is fetched again, one of LATENT_DATA is the user's and an error", async t => {
  const all = await mirrors(t, ["good"]);
  mkdirSync(join(all.cached, ".."), { recursive: true });
  writeFileSync(all.cached, other);
  assert.deepEqual(await read(all), content);
  assert.deepEqual(readFileSync(all.cached), content);
  const offered = emptyFolder(t);
  mkdirSync(join(offered, "a-set"));
  writeFileSync(join(offered, "a-set", "set.bin"), other);
  all.env.LATENT_DATA = offered;
  await assert.rejects(read(all), (error: Error) => error instanceof DataError && !(error instanceof DataAbsent));
});

test("LATENT_OFFLINE=1 asks no mirror, and the error says so", async t => {
  const all = await mirrors(t, ["good"]);
  all.env.LATENT_OFFLINE = "1";
  await assert.rejects(read(all), /LATENT_OFFLINE=1, so no mirror was asked/);
  assert.deepEqual(all.asked, []);
});

test("LATENT_MIRROR, a folder laid out like LATENT_DATA, is asked before all others", async t => {
  const all = await mirrors(t, ["none"]);
  all.env.LATENT_MIRROR = `${all.env.LATENT_TEST_SERVER}/good/`;
  assert.deepEqual(await read(all), content);
  assert.deepEqual(all.asked, ["good"]);
});

test("the error after the last mirror says what each one did and what to do", async t => {
  const all = await mirrors(t, ["none", "silent", "other", "drops", "half"]);
  await assert.rejects(read(all), (error: Error) => {
    assert.ok(error instanceof DataAbsent);
    for (const said of [
      /none\/set\.bin: HTTP 404/,
      /silent\/set\.bin: sent nothing for 0\.15 s/,
      /other\/set\.bin: .* sha256 [0-9a-f]{64}, expected [0-9a-f]{64}/,
      /drops\/set\.bin: no connection or a lost one/,
      /half\/set\.bin: /,
      /set LATENT_DATA to a folder that has a-set\/ in it/,
    ]) {
      assert.match(error.message, said);
    }
    assert.ok(error.message.includes(join(all.cached, "..")));
    return true;
  });
  assert.equal(existsSync(all.cached), false);
});

test("an address that nobody listens at is a sentence and not a crash", async t => {
  const all = await mirrors(t, []);
  const [packing] = all.file.packings;
  const file = {
    ...all.file,
    packings: [{ ...(packing as NonNullable<typeof packing>), addresses: ["http://127.0.0.1:1/x"] }],
  };
  await assert.rejects(read({ ...all, file }), /127\.0\.0\.1:1\/x: /);
});

test("a cache that cannot be written costs a warning, not the data", async t => {
  const all = await mirrors(t, ["good"]);
  writeFileSync(join(all.env.LATENT_CACHE as string, "data"), "a file where the folder should be");
  const warned = t.mock.method(process, "emitWarning", () => {});
  assert.deepEqual(await read(all), content);
  assert.match(String(warned.mock.calls[0]?.arguments[0]), /could not be kept/);
});

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete host[place];
});

test("an interrupt of the cell ends the download with the interrupt's reason", async t => {
  const all = await mirrors(t, ["silent", "good"]);
  const controller = new AbortController();
  host[place] = { display: () => {}, signal: controller.signal };
  setTimeout(() => controller.abort(new Error("interrupted")), 30);
  await assert.rejects(read(all), /interrupted/);
  assert.deepEqual(all.asked, ["silent"]);
});

test("in a cell the download is one display, which ends as a sentence without a bar", async t => {
  const all = await mirrors(t, ["good"]);
  const shown: [string, string, unknown][] = [];
  const note =
    (how: string) =>
    (bundle: Record<string, string>, _: unknown, { display_id }: { display_id: string }) =>
      shown.push([how, bundle["text/html"] as string, display_id]);
  host[place] = { display: note("display"), update: note("update"), signal: undefined };
  await read(all);
  assert.deepEqual(
    shown.map(([how]) => how),
    ["display", "update"],
  );
  assert.match(shown[0]?.[1] ?? "", /<progress value=/);
  assert.equal(shown.at(-1)?.[1], "Downloaded A set: 0.0 of 0.0 MB");
  assert.equal(new Set(shown.map(([, , id]) => id)).size, 1);
});
