import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readAssignment } from "./assignment.ts";
import { studentNotebook } from "./notebook.ts";

const folder = fileURLToPath(new URL("../../../notebooks/homework", import.meta.url));

for (const script of readdirSync(join(folder, "source")).filter(name => name.endsWith(".ts"))) {
  test(`the students' copy of ${script} is made from it, and nobody has edited it`, async () => {
    const made = studentNotebook(await readAssignment(join(folder, "source", script)));
    // latent homework release NAME --course notebooks/homework --copy-to notebooks/homework/release
    assert.equal(readFileSync(join(folder, "release", script.replace(/ts$/, "ipynb")), "utf8"), made);
    assert.doesNotMatch(made, /SOLUTION|HIDDEN TESTS/);
  });
}
