import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { whereEngine } from "../testkit/needs.ts";

const { skip, loaded: latent } = await whereEngine(() => import("latent"));

test("a lesson imports these names from latent, and there is no default", { skip }, () => {
  for (const name of ["check", "data", "linalg", "plot", "show", "tf", "train"]) assert.ok(name in latent, name);
  assert.ok(!("default" in latent));
});

test("require gives the same module, as stock tslab loads it", { skip }, () => {
  const required = createRequire(import.meta.url)("latent");
  assert.equal(required.tf, latent.tf);
});
