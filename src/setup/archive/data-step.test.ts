import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { placesOf } from "../places.ts";
import { type Job, silent } from "../step.ts";
import { dataStep } from "./data-step.ts";
import type { Offer } from "./offer.ts";

test("the data sets lie where a loader looks, and what is there is not written again", async t => {
  const places = placesOf("/nowhere", { LATENT_CACHE: emptyFolder(t) });
  const job: Job = { places, signal: new AbortController().signal, progress: silent };
  const extracted: string[] = [];
  const offer: Offer = {
    ...{ name: "the archive", tensorflow: "", wheels: [], pythons: [] },
    data: ["mnist/labels.gz", "text/names.txt"].map(path => ({ member: `data/${path}`, path, bytes: 4 })),
    extract: async (member, target) => {
      extracted.push(member);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, "data");
    },
  };
  const step = dataStep(offer);
  const names = join(places.cache, "data", "text", "names.txt");
  mkdirSync(dirname(names), { recursive: true });
  writeFileSync(names, "mine");
  assert.equal(await step.isDone(job), false);
  await step.run(job);
  assert.deepEqual(extracted, ["data/mnist/labels.gz"]);
  assert.equal(readFileSync(join(places.cache, "data", "mnist", "labels.gz"), "utf8"), "data");
  assert.equal(readFileSync(names, "utf8"), "mine");
  assert.equal(await step.isDone(job), true);
});

test("a data set whose path leads out of the data folder is refused, and none is written", async t => {
  const cache = emptyFolder(t);
  const job: Job = {
    places: placesOf("/nowhere", { LATENT_CACHE: cache }),
    signal: new AbortController().signal,
    progress: silent,
  };
  for (const path of ["../../evil", "/etc/evil", "a/../../../evil", "..\\evil", "a\0b"]) {
    const offer: Offer = {
      ...{ name: "the archive", tensorflow: "", wheels: [], pythons: [] },
      data: [{ member: "data/x", path, bytes: 4 }],
      extract: async () => assert.fail(`${path} would be written`),
    };
    await assert.rejects(dataStep(offer).run(job), /does not lie inside/, path);
  }
});
