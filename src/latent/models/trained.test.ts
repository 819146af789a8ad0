import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { saveWeights } from "../compile/weights.ts";
import { denseAutoencoder, trained } from "./index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "latent-trained-"));
const address = pathToFileURL(`${folder}/`);
after(() => rmSync(folder, { recursive: true }));

const model = (seed: number, inputs = 4) => denseAutoencoder({ inputs, code: 2, seed });
const valuesOf = ({ variables }: ReturnType<typeof model>) =>
  variables.map(variable => Array.from(variable.dataSync()));

test("stored weights come into a model by their name, and the model is returned", () => {
  const [from, into] = [model(1), model(2)];
  saveWeights(join(folder, "99-small.safetensors"), from);
  assert.equal(trained("99-small", into, address), into);
  assert.deepEqual(valuesOf(into), valuesOf(from));
});

test("a name without weights is refused with the names that there are, also one that leads out of the folder", () => {
  saveWeights(join(folder, "99-there.safetensors"), model(1));
  const gone = /CheckpointError: There are no stored weights of the name "98-gone": .*99-there.*npm run weights/;
  assert.throws(() => trained("98-gone", model(1), address), gone);
  assert.throws(() => trained("../99-there", model(1), new URL("inner/", address)), /CheckpointError.* has none/);
});

test("weights of another model, and a damaged file, are refused with what to do; the model stays as it was", () => {
  const path = join(folder, "99-other.safetensors");
  saveWeights(path, model(1), { precision: "float16" });
  const other = model(2, 5);
  const before = valuesOf(other);
  const refused = /CheckpointError: The stored weights 99-other .*\[4,2\].*\[5,2\].*scripts\/weights\/99-other\.mjs/;
  assert.throws(() => trained("99-other", other, address), refused);
  truncateSync(path, 300);
  assert.throws(() => trained("99-other", other, address), /CheckpointError: .* is damaged/);
  assert.deepEqual(valuesOf(other), before);
});

test("each stored weight has its script and its log, takes 6 MB at most, and is in the repository", () => {
  const weights = join(root, "notebooks", "weights");
  const scripts = readdirSync(join(root, "scripts", "weights"));
  const tracked = execFileSync("git", ["ls-files", "notebooks/weights"], { cwd: root, encoding: "utf8" });
  for (const file of readdirSync(weights).filter(name => name.endsWith(".safetensors"))) {
    const name = file.replace(".safetensors", "");
    assert.ok(statSync(join(weights, file)).size <= 6e6, file);
    assert.ok(scripts.includes(`${name}.mjs`), `scripts/weights/${name}.mjs`);
    assert.match(readFileSync(join(weights, `${name}.log`), "utf8"), /\d{4}-\d\d-\d\d.*\d+ s/);
    // The class archive brings the course as a git bundle: what git does not know, a class does not get.
    assert.ok(tracked.includes(`notebooks/weights/${file}\n`), `git add notebooks/weights/${file}`);
  }
});
