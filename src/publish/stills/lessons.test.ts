import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { lacks } from "../index.ts";

const lectures = fileURLToPath(new URL("../../../notebooks/lectures/", import.meta.url));

for (const name of readdirSync(lectures).filter(name => name.endsWith(".ipynb")))
  test(`${name} is seen everywhere: it has pictures of its figures, states of its widgets, and at most 1 MB`, async () => {
    assert.deepEqual(
      await lacks(join(lectures, name)),
      [],
      `"npm start -- stills" draws them, "npm run notebooks" runs it`,
    );
  });
