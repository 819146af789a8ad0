import assert from "node:assert/strict";
import test from "node:test";
import { isLoading } from "./loading.ts";

const CELL = "cell:3";
const LOCAL = "file:///home/ada/notes/local.ts";
const PACKAGE = "/home/ada/notes/node_modules/p/main.js";
const LOADER = "node:internal/modules/esm/module_job";
const OURS = "node:events";

test("a package that is evaluated, or looked for, is loading, also while it calls the author's code", () => {
  const isOurs = (origin: string) => origin.startsWith("node:");
  for (const [loading, ...origins] of [
    [true, PACKAGE, LOADER, CELL],
    [true, OURS, LOADER, CELL],
    [true, LOADER, OURS, CELL],
    [true, CELL, PACKAGE, LOADER, CELL],
    [true, PACKAGE, LOADER, LOCAL, LOADER],
    [false, LOCAL, LOADER, CELL],
    [false, PACKAGE, LOCAL, LOADER, CELL],
    [false, PACKAGE, CELL],
    [false, OURS, CELL],
    [false, CELL],
    [false],
  ] as [boolean, ...string[]][])
    assert.equal(isLoading(origins, isOurs), loading, origins.join(" < "));
});
