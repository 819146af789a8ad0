import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import type { Copied } from "../course/index.ts";
import { placesOf } from "../setup/index.ts";
import { linesOf, runFolder } from "./work.ts";

const places = placesOf(join("/", "home", "ana", "latent"));

test("a run of a lesson as it was fetched is written to work/run, where no update looks", () => {
  const lesson = join(places.root, "notebooks", "lectures", "04-undercomplete-pca.ipynb");
  assert.equal(runFolder(places, lesson), join(places.root, "work", "run", "lectures"));
});

test("any other notebook is written where it lies", () => {
  for (const path of ["/home/ana/mine.ipynb", join(places.root, "work", "lectures", "04.ipynb"), "/notebooks/a.ipynb"])
    assert.equal(runFolder(places, path), undefined, path);
});

test("what was copied is said in a line, and a newer version beside work of one's own by its name", () => {
  const at = "lectures/04-topic.new.ipynb";
  const copied: Copied[] = [
    { name: "index.ipynb", outcome: "new", at: "index.ipynb" },
    { name: "lectures/04-topic.ipynb", outcome: "beside", at },
  ];
  const lines = linesOf(copied, "/home/ana/latent/work");
  assert.match(lines[0] as string, /^1 notebook copied to .*work: /);
  assert.equal(lines[1], `lectures/04-topic.ipynb stays as you saved it; its newer version lies beside it: ${at}.`);
  assert.deepEqual(linesOf([], "work"), []);
});
