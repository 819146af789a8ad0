import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { type Compilation, compilerArguments, findCompiler } from "./compile.ts";
import type { Machine } from "./machine.ts";
import { downloadArguments, wheelRoute } from "./wheel-route.ts";
import { wheelFor } from "./wheels.ts";

const linux: Machine = { platform: "linux", arch: "x64", glibc: "2.36" };
const mac: Machine = { platform: "darwin", arch: "arm64", glibc: undefined };

test("each machine has one known wheel, of one TensorFlow version, named by its hash", () => {
  const wheels = [linux, { ...linux, arch: "arm64" }, mac].map(wheelFor);
  for (const wheel of wheels) assert.match(wheel?.sha256 ?? "", /^[0-9a-f]{64}$/);
  assert.equal(new Set(wheels.map(wheel => wheel?.sha256)).size, 3);
  assert.deepEqual([...new Set(wheels.map(wheel => wheel?.version))], ["2.21.0"]);
  assert.deepEqual(
    wheels.map(wheel => wheel?.project),
    ["tensorflow-cpu", "tensorflow", "tensorflow"],
  );
});

test("a machine without a wheel has none, rather than another machine's", () => {
  assert.equal(wheelFor({ ...linux, arch: "riscv64" }), undefined);
  assert.equal(wheelFor({ ...mac, arch: "x64" }), undefined);
});

test("pip is asked for the machine's one wheel, whatever Python runs it", () => {
  const tags = {
    "linux-x64": "manylinux_2_27_x86_64",
    "linux-arm64": "manylinux_2_27_aarch64",
    "darwin-arm64": "macosx_12_0_arm64",
  };
  for (const machine of [linux, { ...linux, arch: "arm64" }, mac]) {
    const wheel = wheelFor(machine);
    assert.ok(wheel);
    const args = downloadArguments(wheel, "/a folder", "/a folder/requirement.txt").join(" ");
    const tag = tags[`${machine.platform}-${machine.arch}` as keyof typeof tags];
    assert.match(
      args,
      new RegExp(`^download .*--no-deps --only-binary=:all: --python-version 3\\.13 --platform ${tag} `),
    );
    assert.match(args, /-d \/a folder -r \/a folder\/requirement\.txt$/);
  }
});

function compilation(machine: Machine): Compilation {
  return {
    machine,
    compiler: "g++",
    sources: "/a clone/binding",
    nodeHeaders: "/a clone/headers",
    headers: "/scratch",
    prelude: "/a clone/prelude.h",
    libraries: ["/scratch/libtensorflow_cc.so.2"],
    output: "/scratch/tfjs_binding.node",
  };
}

test("the addon looks for its libraries from where it lies, so that both can be copied to another machine's folder", () => {
  const args = compilerArguments(compilation(linux));
  assert.deepEqual(args.slice(-4), ["-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../../deps"]);
  assert.equal(compilerArguments(compilation(mac)).at(-1), "@loader_path/../../deps");
  assert.ok(args.includes("-I/a clone/binding"));
});

test("TensorFlow and JavaScript have memory of their own in all that is compiled", () => {
  const args = compilerArguments(compilation(linux));
  assert.equal(args[args.indexOf("-include") + 1], "/a clone/prelude.h");
});

test("our operations are a third source of the addon", () => {
  const args = compilerArguments({ ...compilation(linux), operations: "/a clone/latent_ops.cc" });
  assert.equal(args[args.indexOf("/a clone/binding/tfjs_binding.cc") + 1], "/a clone/latent_ops.cc");
  assert.ok(!args.some(each => each.startsWith("-march")), "the addon is carried to other machines");
});

test("macOS gets a bundle that finds Node's symbols when it is loaded", () => {
  const args = compilerArguments(compilation(mac));
  assert.ok(args.includes("-bundle") && args.includes("dynamic_lookup") && !args.includes("-shared"));
});

test("the compiler is the first that answers, and none where none does", async () => {
  assert.equal(await findCompiler(["latent-has-no-such-compiler", process.execPath]), process.execPath);
  assert.equal(await findCompiler(["", "latent-has-no-such-compiler"]), undefined);
});

test("what the wheel's route lacks is said all at once", async t => {
  const path = process.env.PATH;
  t.after(() => {
    process.env.PATH = path;
  });
  const tools = emptyFolder(t);
  process.env.PATH = tools;
  const lacks = async (): Promise<string | undefined> => (await wheelRoute.obstacle(linux))?.problem;
  assert.match((await lacks()) ?? "", /neither pip nor a C\+\+ compiler/);
  writeFileSync(join(tools, "g++"), "#!/bin/sh\n", { mode: 0o755 });
  assert.match((await lacks()) ?? "", /pip, and there is none/);
  writeFileSync(join(tools, "python3"), "#!/bin/sh\n", { mode: 0o755 });
  assert.equal(await lacks(), undefined);
  rmSync(join(tools, "g++"));
  assert.match((await lacks()) ?? "", /no C\+\+ compiler/);
});
