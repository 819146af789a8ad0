import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { installKernelspec, placesOf } from "../setup/index.ts";
import { emptyFolder, stillRunning } from "../testkit/index.ts";
import { verbs } from "./verbs/index.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function latent(
  args: readonly string[],
  environment: Record<string, string> = {},
  program = main,
): Promise<Ended> {
  return await new Promise(resolve => {
    const env = { ...process.env, ...environment };
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** An installation of the same modules in a folder of its own, where nothing is set up. */
function cloneOf(t: TestContext): string {
  const own = join(main, "..", "..", "..");
  const clone = emptyFolder(t);
  for (const name of ["dist", "scripts", join("src", "native")])
    cpSync(join(own, name), join(clone, name), { recursive: true });
  cpSync(join(own, "package.json"), join(clone, "package.json"));
  mkdirSync(join(clone, "node_modules"));
  for (const name of readdirSync(join(own, "node_modules"))) {
    if (name.startsWith(".") || name === "@tensorflow" || name === "latent") continue;
    symlinkSync(join(own, "node_modules", name), join(clone, "node_modules", name));
  }
  // A copy: a set-up takes an addon away that does not load.
  const tfjsNode = join("node_modules", "@tensorflow", "tfjs-node");
  for (const name of ["package.json", "binding"]) {
    cpSync(join(own, tfjsNode, name), join(clone, tfjsNode, name), { recursive: true });
  }
  return clone;
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

test("the doctor says where each data set comes from, and what to do where one cannot be had", async t => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "tabular"));
  writeFileSync(join(folder, "tabular", "thyroid_anomaly.csv"), "");
  const environment = { LATENT_CACHE: emptyFolder(t), LATENT_DATA: folder, LATENT_MIRROR: "" };
  const { stdout } = await latent(["doctor", "--offline"], environment);
  assert.match(
    stdout,
    /- {2,}data +comes with Latent: .*8×8 digits.*\n +in LATENT_DATA, .*: Thyroid\n +cannot be had, so drawn by the library: MNIST\n/,
  );
  assert.match(stdout, /\n +cannot be had: Fashion-MNIST, .*\n +-> set LATENT_DATA/);
});

test("the doctor tells of a set-up that chose WebAssembly, why, and what to install", async t => {
  const clone = cloneOf(t);
  const refusal = { route: "wheel", kind: "obstacle", problem: "There is no compiler.", remedy: "Install one." };
  mkdirSync(join(clone, ".latent"));
  writeFileSync(join(clone, ".latent", "engine.json"), JSON.stringify({ engine: "wasm", refusals: [refusal] }));
  const { stdout } = await latent(["doctor"], { LATENT_CACHE: emptyFolder(t) }, join(clone, "dist", "cli", "main.js"));
  assert.match(
    stdout,
    /ok +engine +TensorFlow.js in WebAssembly, slower than native: There is no compiler.\n +-> Install one./,
  );
});

const SICK_KERNELS: Record<string, { program: string; says: RegExp }> = {
  mute: {
    program: 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);',
    says: /MISSING kernel +does not answer: After 10 s the kernel did not answer\.\n +-> /,
  },
  broken: {
    program: 'throw new Error("zeromq does not load")',
    says: /MISSING kernel +does not answer: The kernel ended with exit code 1:\n.*zeromq does not load.* -> /s,
  },
};
for (const [what, { program, says }] of Object.entries(SICK_KERNELS)) {
  test(`the doctor says what is wrong with a ${what} kernel, and leaves no process`, async t => {
    const clone = cloneOf(t);
    mkdirSync(join(clone, "kernels", "typescript"), { recursive: true });
    const spec = {
      argv: ["node", "sick-kernel.cjs", "{connection_file}"],
      display_name: "Sick",
      language: "typescript",
    };
    writeFileSync(join(clone, "kernels", "typescript", "kernel.json"), JSON.stringify(spec));
    writeFileSync(join(clone, "sick-kernel.cjs"), program);
    const places = placesOf(clone);
    await installKernelspec(places, places.venv);
    const environment = { LATENT_CACHE: emptyFolder(t) };
    const { stdout } = await latent(["doctor", "--offline"], environment, join(clone, "dist", "cli", "main.js"));
    assert.match(stdout, says);
    assert.deepEqual(await stillRunning(join(clone, "sick-kernel.cjs")), []);
  });
}

test("a port that is taken is told before anything is set up", async t => {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const program = join(cloneOf(t), "dist", "cli", "main.js");
  const args = ["start", "--offline", "--port", String(port)];
  const { code, stderr } = await latent(args, { LATENT_CACHE: emptyFolder(t) }, program);
  assert.equal(code, 1);
  assert.equal(stderr, `Port ${port} is taken by another program. Leave --port out, or name another.\n`);
});

test("--offline on a clone where nothing is set up says what is missing, and what works without it", async t => {
  const clone = cloneOf(t);
  const cache = emptyFolder(t);
  const environment = { LATENT_CACHE: cache, LATENT_ENGINE: "" };
  const { code, stderr } = await latent(["--offline"], environment, join(clone, "dist", "cli", "main.js"));
  assert.equal(code, 1);
  assert.match(stderr, /computes in WebAssembly here, .*Run the command once without --offline/);
  assert.match(
    stderr,
    /JupyterLab is not set up here, .*"npm start -- run <notebook> --offline" works without JupyterLab/,
  );
  assert.equal(existsSync(join(clone, ".venv")), false);
  assert.deepEqual(readdirSync(cache), []);
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
