import assert from "node:assert/strict";
import test from "node:test";
import { type Compilation, compilerArguments, findCompiler } from "./compile.ts";
import type { Machine } from "./machine.ts";
import { wheelFor } from "./wheels.ts";

const linux: Machine = { platform: "linux", arch: "x64", glibc: "2.36" };
const mac: Machine = { platform: "darwin", arch: "arm64", glibc: undefined };

test("each machine has one known wheel, of one TensorFlow version, named by its hash", () => {
  const wheels = [linux, { ...linux, arch: "arm64" }, mac].map(wheelFor);
  for (const wheel of wheels) assert.match(wheel?.sha256 ?? "", /^[0-9a-f]{64}$/);
  assert.equal(new Set(wheels.map(wheel => wheel?.sha256)).size, 3);
  assert.deepEqual([...new Set(wheels.map(wheel => wheel?.version))], ["2.21.0"]);
  assert.equal(wheelFor(linux)?.project, "tensorflow-cpu");
});

test("a machine without a wheel has none, rather than another machine's", () => {
  assert.equal(wheelFor({ ...linux, arch: "riscv64" }), undefined);
  assert.equal(wheelFor({ ...mac, arch: "x64" }), undefined);
});

function compilation(machine: Machine): Compilation {
  return {
    machine,
    compiler: "g++",
    sources: "/a clone/binding",
    nodeHeaders: "/a clone/headers",
    headers: "/scratch",
    libraries: ["/scratch/libtensorflow_cc.so.2"],
    runtimeFolder: "/home/zoë, b./engine",
    output: "/scratch/tfjs_binding.node",
  };
}

test("the addon looks for its libraries in the cache, also in a folder with spaces, commas and accents", () => {
  const args = compilerArguments(compilation(linux));
  assert.deepEqual(args.slice(-4), ["-Xlinker", "-rpath", "-Xlinker", "/home/zoë, b./engine"]);
  assert.ok(args.includes("-I/a clone/binding"));
});

test("macOS gets a bundle that finds Node's symbols when it is loaded", () => {
  const args = compilerArguments(compilation(mac));
  assert.ok(args.includes("-bundle") && args.includes("dynamic_lookup") && !args.includes("-shared"));
});

test("the compiler is the first that answers, and none where none does", async () => {
  assert.equal(await findCompiler(["latent-has-no-such-compiler", process.execPath]), process.execPath);
  assert.equal(await findCompiler(["", "latent-has-no-such-compiler"]), undefined);
});
