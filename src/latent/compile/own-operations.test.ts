import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { tf } from "../engine/tf.ts";
import { type Binding, type NativeBackend, nativeBackend } from "./native.ts";
import { ownOperations } from "./own-operations.ts";

const COMPILER = process.env.CXX || "g++";
const hasCompiler = spawnSync(COMPILER, ["--version"]).status === 0;
const skip = !process.env.LATENT_FULL
  ? "a minute: npm run test:full runs it"
  : !hasCompiler && `there is no ${COMPILER} here`;

for (const sanitizers of ["address,undefined", "thread"]) {
  test(`the kernels are right for every instruction set of this machine, and -fsanitize=${sanitizers} finds nothing`, {
    skip,
  }, t => {
    const folder = mkdtempSync(join(tmpdir(), "latent-kernels-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const source = fileURLToPath(new URL("../../../src/native/check/kernels.cc", import.meta.url));
    const program = join(folder, "kernels");
    const found = [`-fsanitize=${sanitizers}`, "-fno-sanitize-recover=all"];
    execFileSync(COMPILER, [
      "-O1",
      "-g",
      "-std=c++17",
      "-ffp-contract=fast",
      "-fno-math-errno",
      "-pthread",
      ...found,
      source,
      "-o",
      program,
    ]);
    const { status, stdout, stderr } = spawnSync(program, { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /width 4: 0 failures/);
  });
}

test("operations that changed their form have another number than those of an older addon", () => {
  const source = (path: string) => readFileSync(new URL(`../../../src/${path}`, import.meta.url), "utf8");
  const [, form = ""] = source("native/latent_ops.cc").split("const bool added = ");
  const digest = createHash("sha256").update(form.replaceAll(/\s+/g, " ")).digest("hex").slice(0, 12);
  assert.equal(
    digest,
    "34769a983100",
    "raise the number in LatentWidth10 wherever it stands, and put this digest here",
  );
  for (const path of ["native/latent_ops.cc", "latent/compile/own-operations.ts", "setup/engine/probe-child.ts"])
    assert.deepEqual(source(path).match(/LatentWidth\w*/g), ["LatentWidth10"], path);
});

test("an engine that does not know our operations is one without them", () => {
  const without = { binding: { executeOp: unknownOperation("Op type not registered 'LatentWidth10'") } };
  assert.equal(ownOperations(without as unknown as NativeBackend), false);
  const executed =
    "'LatentWidth10' is neither a type of a primitive operation nor a name of a function registered in binary running on vm.";
  const atOnce = { binding: { executeOp: unknownOperation(`Invalid TF_Status: 5\nMessage: ${executed}`) } };
  assert.equal(ownOperations(atOnce as unknown as NativeBackend), false);
  const broken = { binding: { executeOp: unknownOperation("out of memory") } };
  assert.throws(() => ownOperations(broken as unknown as NativeBackend), /out of memory/);
});

test("asking for our operations leaves no tensor behind", { skip: nativeBackend() === undefined }, () => {
  const { binding } = tf.backend() as unknown as NativeBackend;
  const [made, deleted]: [number[], number[]] = [[], []];
  const executeOp: Binding["executeOp"] = (...call) => {
    const outputs = binding.executeOp(...call);
    made.push(...outputs.map(({ id }) => id));
    return outputs;
  };
  const deleteTensor = (id: number): void => {
    deleted.push(id);
    binding.deleteTensor(id);
  };
  const asked = { binding: { executeOp, deleteTensor } } as unknown as NativeBackend;
  ownOperations(asked);
  assert.deepEqual(deleted, made);
});

function unknownOperation(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}
