import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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

test("the reference pages are of today: they describe each name that latent exports", { skip }, () => {
  const headings = (page: string) => {
    const text = readFileSync(new URL(`../../docs/reference/${page}.md`, import.meta.url), "utf8");
    return [...text.matchAll(/^### ~{0,2}([\w$]+)/gm)].map(([, name = ""]) => name);
  };
  const isNamespace = (value: unknown) => Object.prototype.toString.call(value) === "[object Module]";
  const pages: [name: string, page: string, value: object][] = [["latent", "README", latent]];
  for (const [name, value] of Object.entries(latent))
    if (isNamespace(value)) pages.push([name, `Namespace.${name}`, value as object]);
  for (const [name, page, value] of pages) {
    const described = new Set(headings(page));
    const exported = Object.entries(value).filter(([, each]) => !isNamespace(each) && each !== latent.tf);
    const missing = exported.flatMap(([each]) => (described.has(each) ? [] : `${name}.${each}`));
    assert.deepEqual(missing, [], "run npm run reference");
  }
  assert.ok(pages.length > 7);
});
