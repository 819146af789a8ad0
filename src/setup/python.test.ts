import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../testkit/index.ts";
import { SetupFailure } from "./failure.ts";
import { type Places, placesOf } from "./places.ts";
import { isVenvCurrent, pythonStep, venvHash, whatPipDoes } from "./python.ts";
import { type Job, silent } from "./step.ts";

/** A clone with an environment as a finished set-up leaves it; its python only answers that it is there. */
async function cloneWithVenv(t: TestContext): Promise<Places> {
  const places = placesOf(join(emptyFolder(t), "clone"));
  mkdirSync(join(places.root, "scripts"), { recursive: true });
  mkdirSync(join(places.venv, "bin"), { recursive: true });
  writeFileSync(places.requirements, "jupyterlab==4.6.6\n");
  writeFileSync(join(places.venv, "bin", "python"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  writeFileSync(join(places.venv, "latent-stamp"), await venvHash(places));
  return places;
}

const jobIn = (places: Places): Job => ({ places, signal: new AbortController().signal, progress: silent });

/** Lets the test see only this python3, which may be none at all. */
function onlyPython(t: TestContext, script?: string): void {
  const folder = emptyFolder(t);
  if (script !== undefined) writeFileSync(join(folder, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = folder;
  t.after(() => {
    process.env.PATH = path;
  });
}

test("an environment with its stamp is not made again", async t => {
  const places = await cloneWithVenv(t);
  assert.equal(await pythonStep.isDone(jobIn(places)), true);
});

test("changed requirements make a new environment", async t => {
  const places = await cloneWithVenv(t);
  writeFileSync(places.requirements, "jupyterlab==4.6.7\n");
  assert.equal(await isVenvCurrent(places), false);
});

test("an environment whose installation was interrupted has no stamp and is made again", async t => {
  const places = await cloneWithVenv(t);
  renameSync(join(places.venv, "latent-stamp"), join(places.venv, "other"));
  assert.equal(await isVenvCurrent(places), false);
});

test("a clone that was moved gets a new environment: programs in it name their old folder", async t => {
  const places = await cloneWithVenv(t);
  const moved = placesOf(`${places.root}-moved`);
  renameSync(places.root, moved.root);
  assert.equal(await isVenvCurrent(moved), false);
});

test("an environment whose Python was uninstalled is made again", async t => {
  const places = await cloneWithVenv(t);
  writeFileSync(join(places.venv, "bin", "python"), "#!/nowhere/python\n", { mode: 0o755 });
  assert.equal(await isVenvCurrent(places), false);
});

const lacks: Record<string, { python?: string; says: RegExp }> = {
  "no python3": { says: /needs Python 3\.10 or newer.*Install a current Python 3/ },
  "an old python3": { python: "exit 1", says: /needs Python 3\.10 or newer.*Install a current Python 3/ },
  "a python3 without venv": { python: '[ "$2" != venv ]', says: /no working venv module.*apt install python3-venv/ },
};
for (const [what, { python, says }] of Object.entries(lacks)) {
  test(`${what} is told with what to do and what works without, and the older environment stays`, async t => {
    const places = await cloneWithVenv(t);
    writeFileSync(places.requirements, "jupyterlab==4.6.7\n");
    onlyPython(t, python);
    await assert.rejects(pythonStep.run(jobIn(places)), (error: Error) => {
      assert.ok(error instanceof SetupFailure);
      assert.match(`${error.message} ${error.remedy}`, says);
      assert.match(error.remedy, /npm start -- run <notebook>/);
      return true;
    });
    assert.deepEqual(readdirSync(places.venv).sort(), ["bin", "latent-stamp"]);
  });
}

test("an installation that fails leaves nothing of its own, and its second try trusts no cache", async t => {
  const places = await cloneWithVenv(t);
  renameSync(join(places.venv, "latent-stamp"), join(places.venv, "other"));
  const log = join(emptyFolder(t), "log");
  // Makes an environment whose pip writes down its arguments and fails.
  const pip = `#!/bin/sh\necho "$@" >> ${log}\nexit 1\n`;
  onlyPython(
    t,
    `[ "$2" = venv ] || exit 0; /bin/mkdir -p "$3/bin"; printf '${pip}' > "$3/bin/python"; /bin/chmod 755 "$3/bin/python"`,
  );
  await assert.rejects(pythonStep.run(jobIn(places)), { remedy: /Check the network/ });
  assert.equal(existsSync(places.venv), false);
  const tries = readFileSync(log, "utf8").trim().split("\n");
  assert.deepEqual(
    tries.map(args => args.includes("--no-cache-dir")),
    [false, true, true],
  );
});

test("where nothing may be fetched an older environment is used, and none is a failure that says what works", async t => {
  const places = await cloneWithVenv(t);
  writeFileSync(places.requirements, "jupyterlab==4.6.7\n");
  const offline = { ...jobIn(places), offline: true };
  assert.match((await pythonStep.run(offline)) ?? "", /of an older state/);
  rmSync(places.venv, { recursive: true });
  await assert.rejects(pythonStep.run(offline), { message: /nothing is to be fetched/ });
});

test("pip's lines become a few words, or none", () => {
  assert.equal(
    whatPipDoes("Collecting jupyterlab==4.6.6 (from -r requirements.txt (line 3))"),
    "asking for jupyterlab",
  );
  assert.equal(
    whatPipDoes("  Downloading jupyter_server-2.1.0-py3-none-any.whl (12.4 MB)"),
    "downloading jupyter_server (12.4 MB)",
  );
  assert.equal(whatPipDoes("Installing collected packages: a, b"), "installing");
  assert.equal(whatPipDoes("Requirement already satisfied: a"), undefined);
});
