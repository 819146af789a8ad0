import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder } from "../../testkit/index.ts";
import { type Places, packageFolder, placesOf } from "../places.ts";
import { type Job, silent } from "../step.ts";
import { addonPath } from "./addon.ts";
import { installedEngine, makeEngineStep } from "./engine-step.ts";
import type { Machine } from "./machine.ts";
import { makePrebuiltRoute, prebuiltAddresses, prebuiltRoute } from "./prebuilt-route.ts";

const linux: Machine = { platform: "linux", arch: "x64", glibc: "2.36" };
const own = placesOf(fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, ""));

/** A tfjs-node that computes what its addon says, if the addon's library is where a real addon looks for it. */
const TFJS_NODE = `
  const { readFileSync } = require("node:fs");
  const addon = __dirname + "/lib/napi-v8/tfjs_binding.node";
  readFileSync(addon.replace(/[^/]+$/, "") + "../../deps/lib/libtensorflow.so.2");
  const product = Number(readFileSync(addon));
  module.exports = { backend: () => ({ binding: { TF_Version: "2.9.1" } }), matMul: () => ({ dataSync: () => [product] }) };`;

function clone(t: TestContext): Places {
  const root = emptyFolder(t);
  const folder = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(
    join(folder, "package.json"),
    readFileSync(join(packageFolder(own, "@tensorflow/tfjs-node"), "package.json")),
  );
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist", "index.js"), TFJS_NODE.replace("__dirname", '__dirname + "/.."'));
  return placesOf(root, { LATENT_CACHE: emptyFolder(t) });
}

/** An archive with these files, as tfjs-node's host has it. */
function archive(t: TestContext, files: Record<string, string>): Buffer {
  const folder = emptyFolder(t);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return execFileSync("tar", ["-czf", "-", "-C", folder, ...readdirSync(folder)]);
}

/** Plays tfjs-node's host; returns what it was asked for. */
async function playHost(t: TestContext, answers: (path: string) => Buffer | undefined): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const body = answers(path);
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
  process.env.TFJS_NODE_CDN_STORAGE = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  t.after(() => {
    delete process.env.TFJS_NODE_CDN_STORAGE;
    server.closeAllConnections();
    server.close();
  });
  return asked;
}

const jobIn = (places: Places): Job => ({ places, signal: new AbortController().signal, progress: silent });
/** Files of a test have no known checksum. */
const step = makeEngineStep({ machine: linux, routes: [makePrebuiltRoute({})] });
const LIBRARY = { "lib/libtensorflow.so.2": "a library", "include/tensorflow/c/c_api.h": "" };
const LIBRARY_PATH = "/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz";
const ADDON_PATH = "/tf-builds/pre-built-binary/napi-v8/4.22.0/CPU-linux-4.22.0.tar.gz";

test("tfjs-node's own library and addon are fetched, tried, kept in the cache and linked to where they look", async t => {
  const places = clone(t);
  const answers = {
    [LIBRARY_PATH]: archive(t, LIBRARY),
    [ADDON_PATH]: archive(t, { "napi-v8/tfjs_binding.node": "42" }),
  };
  const asked = await playHost(t, path => answers[path as keyof typeof answers]);
  assert.equal(await step.run(jobIn(places)), undefined);
  assert.deepEqual(asked, [ADDON_PATH, LIBRARY_PATH]);
  const recipe = await installedEngine(places, linux, [prebuiltRoute]);
  assert.equal(recipe?.tensorflow, "2.9.1");
  const kept = join(places.cache, "engine", recipe?.key ?? "");
  assert.deepEqual(readdirSync(kept).sort(), ["deps", "engine.json", "tfjs_binding.node"]);
  assert.equal(readlinkSync(join(packageFolder(places, "@tensorflow/tfjs-node"), "deps")), join(kept, "deps"));
  delete process.env.TFJS_NODE_CDN_STORAGE;
  assert.equal(await step.isDone(jobIn(places)), true, "kept, whichever copy of the host it came from");
});

const refused: Record<string, { answers: (t: TestContext) => (path: string) => Buffer | undefined; sentence: RegExp }> =
  {
    "a host without the files": { answers: () => () => undefined, sentence: /could not be downloaded/ },
    "a damaged archive": {
      answers: t => path => (path === ADDON_PATH ? archive(t, LIBRARY).subarray(0, 90) : undefined),
      sentence: /could not be downloaded/,
    },
    "an engine that does not load": {
      answers: t => path => archive(t, path === ADDON_PATH ? { "napi-v8/tfjs_binding.node": "41" } : LIBRARY),
      sentence: /does not load.*came out as 41/,
    },
  };
for (const [what, { answers, sentence }] of Object.entries(refused)) {
  test(`${what} leaves nothing in the cache, and WebAssembly is chosen`, async t => {
    const places = clone(t);
    await playHost(t, answers(t));
    assert.match((await step.run(jobIn(places))) ?? "", sentence);
    assert.deepEqual(readdirSync(join(places.cache, "engine")), []);
    assert.equal(existsSync(await addonPath(places)), false);
  });
}

test("a library that is not the known one is refused before it is unpacked, and the known one is taken", async t => {
  const places = clone(t);
  const library = archive(t, LIBRARY);
  const answers = { [LIBRARY_PATH]: library, [ADDON_PATH]: archive(t, { "napi-v8/tfjs_binding.node": "42" }) };
  await playHost(t, path => answers[path as keyof typeof answers]);
  assert.match(
    (await makeEngineStep({ machine: linux, routes: [prebuiltRoute] }).run(jobIn(places))) ?? "",
    /WebAssembly/,
  );
  assert.deepEqual(readdirSync(join(places.cache, "engine")), []);
  const name = LIBRARY_PATH.split("/").at(-1) as string;
  const known = makePrebuiltRoute({ [name]: createHash("sha256").update(library).digest("hex") });
  assert.equal(await makeEngineStep({ machine: linux, routes: [known] }).run(jobIn(places)), undefined);
});

test("the addresses are those of tfjs-node's own scripts", async () => {
  const { library, addon } = await prebuiltAddresses(own, linux, "");
  const scripts = createRequire(join(packageFolder(own, "@tensorflow/tfjs-node"), "scripts", "x"));
  const { LIBTENSORFLOW_VERSION, ALL_SUPPORTED_COMBINATION } = scripts("./deps-constants.js");
  assert.equal(library, `https://storage.googleapis.com${LIBRARY_PATH.replace("2.9.1", LIBTENSORFLOW_VERSION)}`);
  assert.ok(ALL_SUPPORTED_COMBINATION.includes("cpu-linux-x86_64"));
  const name = execFileSync(process.execPath, [scripts.resolve("./get-addon-name.js")], { encoding: "utf8" }).trim();
  assert.equal(addon, `https://storage.googleapis.com${ADDON_PATH}`);
  if (process.platform === "linux") assert.ok(addon.endsWith(`/${name}`), name);
});

test("a machine that tfjs-node publishes no addon for is not given another machine's", async t => {
  const machine = { ...linux, arch: "arm64" };
  assert.equal(await prebuiltRoute.recipe(clone(t), machine), undefined);
  assert.match((await prebuiltRoute.obstacle(machine))?.problem ?? "", /no prebuilt addon for linux-arm64/);
});
