import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder } from "../testkit/index.ts";
import { verbs } from "./verbs/index.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function latent(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return await new Promise(resolve => {
    const env = { ...process.env, ...environment };
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("an unknown verb is named, the known ones are listed, and the exit code is 2", async () => {
  const { code, stderr } = await latent(["dance"]);
  assert.equal(code, 2);
  assert.match(stderr, /There is no verb "dance"; there are start, run, doctor/);
});

test("a name that every object has is not taken for a verb", async () => {
  assert.equal((await latent(["constructor"])).code, 2);
});

test("an unknown option ends with exit code 2, whatever the verb", async () => {
  for (const verb of ["start", "run", "doctor", "install"]) {
    const { code, stderr } = await latent([verb, "--fly"]);
    assert.equal(code, 2, verb);
    assert.match(stderr, /--fly/);
  }
});

test("a first option without a verb belongs to start", async () => {
  const { code, stderr } = await latent(["--port", "many"]);
  assert.equal(code, 2);
  assert.match(stderr, /--port takes a number/);
});

test("run without a notebook says what it wants", async () => {
  const { code, stderr } = await latent(["run"]);
  assert.equal(code, 2);
  assert.match(stderr, /one or more notebooks/);
});

test("help tells every verb", async () => {
  const { code, stdout } = await latent(["help"]);
  assert.equal(code, 0);
  for (const verb of Object.keys(verbs)) assert.match(stdout, new RegExp(`^ {2}${verb}\\b`, "m"));
});

test("the doctor reports a missing engine with what to do about it, and exits with 1", async t => {
  const { code, stdout } = await latent(["doctor"], { LATENT_CACHE: emptyFolder(t) });
  assert.equal(code, 1);
  assert.match(stdout, /MISSING engine +TensorFlow is not set up yet\n +-> run "npm start"/);
});

test("the doctor lists the data sets that are there", async t => {
  const { stdout } = await latent(["doctor"], { LATENT_CACHE: emptyFolder(t), LATENT_DATA: join(main, "..", "..") });
  assert.match(stdout, /ok +data .*dist\/cli/);
});

test("install registers the kernel in the folder of another Jupyter", async t => {
  const prefix = emptyFolder(t);
  const { code, stdout } = await latent(["install", "--prefix", prefix]);
  assert.equal(code, 0);
  const folder = join(prefix, "share", "jupyter", "kernels", "typescript");
  assert.ok(stdout.includes(folder));
  assert.equal(JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")).display_name, "TypeScript (Latent)");
});

test("install refuses two places at once", async () => {
  assert.equal((await latent(["install", "--user", "--prefix", "/x"])).code, 2);
});

test("a failure that somebody foresaw is a sentence and not a stack", async t => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "file"), "");
  const { code, stderr } = await latent(["install", "--prefix", join(folder, "file")]);
  assert.equal(code, 1);
  assert.doesNotMatch(stderr, /\n {4}at /);
});
