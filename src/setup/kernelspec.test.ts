import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder } from "../testkit/index.ts";
import { installKernelspec, isKernelspecCurrent, userKernelspecFolder } from "./kernelspec.ts";
import { placesOf } from "./places.ts";

const places = placesOf(fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, ""));

test("the registered command is absolute, so that it does not depend on anybody's PATH or folder", async t => {
  const folder = await installKernelspec(places, emptyFolder(t));
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  const [node, flag, kernel, file] = spec.argv;
  assert.equal(node, process.execPath);
  assert.equal(flag, "--max-semi-space-size=1");
  assert.ok(isAbsolute(kernel) && existsSync(kernel), kernel);
  assert.equal(file, "{connection_file}");
});

test("Jupyter is told the kernel's name, its language and that it is interrupted by a message", async t => {
  const folder = await installKernelspec(places, emptyFolder(t));
  const { argv: _, ...spec } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  assert.deepEqual(spec, {
    display_name: "TypeScript (Latent)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: false },
  });
  assert.match(folder, /share\/jupyter\/kernels\/typescript$/);
  assert.deepEqual(readdirSync(folder).sort(), ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
});

test("the stock tslab kernel is registered beside ours, out of the clone's own packages", async t => {
  const folder = await installKernelspec(places, emptyFolder(t), "tslab");
  assert.match(folder, /kernels\/tslab$/);
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  const [node, tslab, ...rest] = spec.argv;
  assert.equal(node, process.execPath);
  assert.ok(isAbsolute(tslab) && existsSync(tslab), tslab);
  assert.deepEqual(rest, ["kernel", "--config-path={connection_file}"]);
  assert.equal(spec.display_name, "TypeScript (tslab)");
});

test("a kernelspec of another node, another folder or an older logo is not current", async t => {
  const prefix = emptyFolder(t);
  assert.equal(await isKernelspecCurrent(places, prefix), false);
  const folder = await installKernelspec(places, prefix);
  assert.equal(await isKernelspecCurrent(places, prefix), true);
  writeFileSync(join(folder, "logo-svg.svg"), "<svg/>");
  assert.equal(await isKernelspecCurrent(places, prefix), false);
  await installKernelspec(places, prefix);
  const spec = readFileSync(join(folder, "kernel.json"), "utf8");
  writeFileSync(join(folder, "kernel.json"), spec.replace(process.execPath, "/usr/bin/older-node"));
  assert.equal(await isKernelspecCurrent(places, prefix), false);
});

test("the user's kernels lie where Jupyter itself looks", () => {
  assert.equal(userKernelspecFolder({ JUPYTER_DATA_DIR: "/j" }, "linux"), "/j/kernels/typescript");
  assert.equal(userKernelspecFolder({ XDG_DATA_HOME: "/x" }, "linux"), "/x/jupyter/kernels/typescript");
  assert.match(userKernelspecFolder({}, "linux"), /\.local\/share\/jupyter\/kernels\/typescript$/);
  assert.match(userKernelspecFolder({ XDG_DATA_HOME: "/x" }, "darwin"), /Library\/Jupyter\/kernels\/typescript$/);
});
