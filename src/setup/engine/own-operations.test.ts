import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { SetupFailure } from "../failure.ts";
import { placesOf } from "../places.ts";
import { buildAddon, hashOperations, reasonWithoutOperations } from "./own-operations.ts";

/** A compiler that writes what it was given into its output, and fails where that has a word in it. */
function compiler(t: TestContext, fails = "nothing of the kind"): string {
  const program = join(emptyFolder(t), "g++");
  const script = `#!/bin/sh
case "$*" in *"${fails}"*) echo "error: no ${fails} here" >&2; exit 1;; esac
words="$*"; while [ "$1" != -o ]; do shift; done; echo "$words" > "$2"
`;
  writeFileSync(program, script, { mode: 0o755 });
  return program;
}

function build(t: TestContext, program: string, requireLoads: () => Promise<void> = async () => {}) {
  const engine = emptyFolder(t);
  const output = join(engine, "addon.node");
  const work = {
    machine: { platform: "linux", arch: "x64", glibc: "2.36" },
    ...{ compiler: program, sources: "/binding", nodeHeaders: "/node", headers: "/tensorflow", libraries: [], output },
    ...{ operations: "/native/latent_ops.cc", prelude: "/native/prelude.h" },
  } as const;
  const signal = new AbortController().signal;
  return { engine, output, built: buildAddon({ work, engine, requireLoads, signal }) };
}

test("the addon is compiled with our operations", async t => {
  const { engine, output, built } = build(t, compiler(t));
  await built;
  assert.match(readFileSync(output, "utf8"), /tfjs_binding\.cc \/native\/latent_ops\.cc/);
  assert.equal(existsSync(reasonWithoutOperations(engine)), false);
});

test("a compiler that cannot compile our operations makes the addon without them, and the engine says why", async t => {
  const { engine, output, built } = build(t, compiler(t, "latent_ops"));
  await built;
  assert.match(readFileSync(output, "utf8"), /tfjs_binding\.cc/);
  assert.match(readFileSync(reasonWithoutOperations(engine), "utf8"), /could not compile[\s\S]*no latent_ops here/);
});

test("an addon that does not load with our operations is compiled without them", async t => {
  const { engine, output, built } = build(t, compiler(t), async () => {
    throw new SetupFailure("undefined symbol: TF_RegisterOpDefinition", "");
  });
  await built;
  assert.doesNotMatch(readFileSync(output, "utf8"), /latent_ops/);
  assert.match(readFileSync(reasonWithoutOperations(engine), "utf8"), /undefined symbol/);
});

test("a compiler that compiles nothing is a failure, as is an error of ours", async t => {
  await assert.rejects(build(t, compiler(t, "tfjs_binding")).built, SetupFailure);
  const broken = async () => {
    throw new TypeError("a mistake");
  };
  await assert.rejects(build(t, compiler(t), broken).built, TypeError);
});

test("an engine's key changes with every source of the operations, and with nothing else in their folder", async t => {
  const root = emptyFolder(t);
  const native = join(root, "src", "native");
  mkdirSync(join(native, "check"), { recursive: true });
  const key = async (): Promise<string> => {
    const hash = createHash("sha256");
    await hashOperations(placesOf(root, {}), hash);
    return hash.digest("hex");
  };
  const keys = [await key()];
  for (const name of ["latent_ops.cc", "crew.h", "lstm.inc"]) {
    writeFileSync(join(native, name), "// C++");
    keys.push(await key());
  }
  writeFileSync(join(native, "latent_ops.cc"), "// other C++");
  keys.push(await key());
  assert.equal(new Set(keys).size, 5);
  writeFileSync(join(native, "README.md"), "words");
  writeFileSync(join(native, "check", "kernels.cc"), "// a check");
  assert.equal(await key(), keys.at(-1));
});
