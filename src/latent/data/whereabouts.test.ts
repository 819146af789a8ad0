import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { type Place, whereabouts } from "./whereabouts.ts";

/** A folder that has the named files, as a data folder has them. */
function folderWith(t: TestContext, names: readonly string[]): string {
  const folder = emptyFolder(t);
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "");
  }
  return folder;
}

async function placesIn(env: Record<string, string>): Promise<Record<string, Place>> {
  return Object.fromEntries((await whereabouts(env)).map(({ title, place }) => [title, place]));
}

const TABLE = "tabular/thyroid_anomaly.csv";
const BITS = ["train", "valid", "test"].map(part => `binarized-mnist/binarized_mnist_${part}.bits.gz`);

test("a set is found in LATENT_DATA before the cache, and one of which a part is missing is not found there", async t => {
  const ecg = "ecg5000/ecg5000_train.csv.gz";
  const places = await placesIn({
    LATENT_DATA: folderWith(t, [...BITS, ecg]),
    LATENT_CACHE: folderWith(
      t,
      [...BITS, TABLE].map(name => `data/${name}`),
    ),
    LATENT_OFFLINE: "1",
  });
  const found = Object.values(places).filter(place => place === "offered" || place === "cache");
  assert.deepEqual(found, ["offered", "cache"]);
  assert.equal(places.ECG5000, "nowhere");
});

test("what is nowhere and must not be fetched is drawn where something can be", async t => {
  const places = await placesIn({ LATENT_CACHE: emptyFolder(t), LATENT_OFFLINE: "1" });
  assert.equal(places.MNIST, "drawn");
  assert.equal(places["Fashion-MNIST"], "nowhere");
});

test("what is not here comes from the class's own mirror if that has it, else from the public ones", async t => {
  const server = createServer((request, response) => {
    response.writeHead(request.url?.startsWith("/mnist/") ? 200 : 404).end();
  });
  await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
  t.after(() => server.close());
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const places = await placesIn({ LATENT_CACHE: emptyFolder(t), LATENT_MIRROR: mirror });
  assert.equal(places.MNIST, "own mirror");
  assert.equal(places["Fashion-MNIST"], "mirrors");
});

test("the small tables come with the library, whatever folders and mirrors there are", async t => {
  const places = await placesIn({ LATENT_CACHE: emptyFolder(t), LATENT_OFFLINE: "1" });
  const titles = Object.keys(places).filter(title => places[title] === "library");
  assert.deepEqual(titles, ["The set of 8×8 digits", "Palmer penguins", "Wine quality (red)", "names.txt"]);
});
