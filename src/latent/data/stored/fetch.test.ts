import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, type TestContext, test } from "node:test";
import { emptyFolder } from "../../../testkit/index.ts";
import { behaviours, content, type Mirrors, other, startMirrors } from "../../../testkit/mirrors.ts";
import { DataAbsent, DataError } from "../errors.ts";
import { sha256Of } from "./checksum.ts";
import { readDataFile } from "./files.ts";
import type { DataFile, DataSet } from "./packing.ts";

interface OneSet {
  set: DataSet;
  file: DataFile;
  env: Record<string, string>;
  mirrors: Mirrors;
  cached: string;
}

/** A set of one file that the mirrors of these behaviours have, and an empty cache. */
async function oneSet(t: TestContext, names: string[], known: "packing" | "content" = "packing"): Promise<OneSet> {
  const mirrors = await startMirrors(t);
  const sums = known === "packing" ? { sha256: sha256Of(content), bytes: content.length } : {};
  const addresses = names.map(name => `${mirrors.address}/${name}/set.bin`);
  const file: DataFile = { sha256: sha256Of(content), packings: [{ name: "set.bin", addresses, ...sums }] };
  const set: DataSet = { title: "A set", folder: "a-set", licence: "", files: { file } };
  const cache = emptyFolder(t);
  return { set, file, env: { LATENT_CACHE: cache }, mirrors, cached: join(cache, "data", "a-set", "set.bin") };
}

const read = ({ set, file, env, mirrors: { watch } }: OneSet) => readDataFile(set, file, { env, stallMs: 150, watch });

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
    ["half", "half from 1000", "ranges from 1000"],
  ],
  [
    ["stalls", "ranges"],
    ["stalls", "stalls from 1000", "ranges from 1000"],
  ],
  [
    ["half", "good"],
    ["half", "half from 1000", "good from 1000"],
  ],
  [
    ["half", "wrongRange", "good"],
    ["half", "half from 1000", "wrongRange from 1000", "wrongRange", "good"],
  ],
];
for (const [names, expected, known] of moves) {
  const title = `mirrors ${names.join(", ")}${known ? " of a file whose own checksum is unknown" : ""}: the file is had`;
  test(title, { timeout: 20_000 }, async t => {
    const all = await oneSet(t, names, known);
    assert.deepEqual(await read(all), content);
    assert.deepEqual(all.mirrors.asked, expected);
    assert.deepEqual(readFileSync(all.cached), content);
    assert.deepEqual(readdirSync(join(all.cached, "..")), ["set.bin"]);
  });
}

test("a beginning of another file spoils the rest, so the mirror is asked once more for all of it", async t => {
  const all = await oneSet(t, ["otherHalf", "ranges"]);
  assert.deepEqual(await read(all), content);
  assert.deepEqual(all.mirrors.asked.slice(-2), ["ranges from 1000", "ranges"]);
});

test("a file that was fetched is not fetched again", async t => {
  const all = await oneSet(t, ["good"]);
  await read(all);
  await read(all);
  assert.deepEqual(all.mirrors.asked, ["good"]);
});

test("a damaged file of the cache is fetched again, one of LATENT_DATA is the user's and an error", async t => {
  const all = await oneSet(t, ["good"]);
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
  const all = await oneSet(t, ["good"]);
  all.env.LATENT_OFFLINE = "1";
  await assert.rejects(read(all), /LATENT_OFFLINE=1, so no mirror was asked/);
  assert.deepEqual(all.mirrors.asked, []);
});

test("LATENT_MIRROR, a folder laid out like LATENT_DATA, is asked before all others", async t => {
  const all = await oneSet(t, ["none"]);
  all.env.LATENT_MIRROR = `${all.mirrors.address}/good/`;
  assert.deepEqual(await read(all), content);
  assert.deepEqual(all.mirrors.asked, ["good"]);
});

test("the error after the last mirror says what each one did and what to do", async t => {
  const all = await oneSet(t, ["none", "silent", "other", "drops", "half"]);
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
  const all = await oneSet(t, []);
  const [packing] = all.file.packings;
  const file = {
    ...all.file,
    packings: [{ ...(packing as NonNullable<typeof packing>), addresses: ["http://127.0.0.1:1/x"] }],
  };
  await assert.rejects(read({ ...all, file }), /127\.0\.0\.1:1\/x: /);
});

test("a cache that cannot be written costs a warning, not the data", async t => {
  const all = await oneSet(t, ["good"]);
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
  const all = await oneSet(t, ["interrupting", "good"]);
  const controller = new AbortController();
  const reason = new Error("interrupted");
  behaviours.interrupting = () => controller.abort(reason);
  host[place] = { display: () => {}, signal: controller.signal };
  await assert.rejects(read(all), (error: Error) => error === reason);
  assert.deepEqual(all.mirrors.asked, ["interrupting"]);
});

test("a mirror that sends nothing is given up by the clock", async t => {
  const { set, file, env } = await oneSet(t, ["mute"]);
  await assert.rejects(readDataFile(set, file, { env, stallMs: 100 }), /mute\/set\.bin: sent nothing for 0\.1 s/);
});

test("in a cell the download is one display, which ends as a sentence without a bar", async t => {
  const all = await oneSet(t, ["good"]);
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
  assert.match(shown[0]?.[1] ?? "", /<progress max=/);
  assert.equal(shown.at(-1)?.[1], "<div><code>Downloaded A set: 0.0 of 0.0 MB</code></div>");
  assert.equal(new Set(shown.map(([, , id]) => id)).size, 1);
});
