import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder } from "../../testkit/index.ts";
import { tryCommand } from "../command.ts";
import { placesOf } from "../places.ts";
import { type Job, type Step, silent } from "../step.ts";
import type { Offer } from "./offer.ts";
import { withKnownPython, withWheels } from "./with-wheels.ts";

const WHEEL = "python/latent_tiny-1.0/py3-none-any.whl";

function jobIn(t: TestContext): Job {
  const root = join(emptyFolder(t), "a folder with spaces");
  mkdirSync(root);
  return { places: placesOf(root, { LATENT_CACHE: root }), signal: new AbortController().signal, progress: silent };
}

const stepThat = (run: Step["run"]): Step => ({ name: "pip", isDone: async () => false, run });

const offer: Offer = {
  ...{ name: "the archive", tensorflow: "", wheels: [WHEEL], pythons: ["3.99"], data: [] },
  extract: async (_member, target) => writeFileSync(target, "a wheel"),
};

test("while a step runs pip is told of the wheels alone, and after it all is as before", async t => {
  process.env.PIP_INDEX_URL = "http://127.0.0.1:9/simple";
  t.after(() => delete process.env.PIP_INDEX_URL);
  const job = jobIn(t);
  const step = withWheels(
    offer,
    offer.wheels,
    stepThat(async () => {
      assert.equal(process.env.PIP_NO_INDEX, "1");
      assert.equal(process.env.PIP_INDEX_URL, undefined);
      assert.ok(!process.env.PIP_FIND_LINKS?.includes(" "));
      const folder = fileURLToPath(process.env.PIP_FIND_LINKS ?? "");
      assert.deepEqual(readdirSync(folder), ["latent_tiny-1.0-py3-none-any.whl"]);
      throw new Error("pip failed");
    }),
  );
  await assert.rejects(step.run(job), /pip failed/);
  assert.equal(process.env.PIP_NO_INDEX, undefined);
  assert.equal(process.env.PIP_INDEX_URL, "http://127.0.0.1:9/simple");
  assert.deepEqual(readdirSync(join(job.places.root, ".latent", "wheels")), []);
});

test("a Python that the archive has no wheels for is refused before an environment is made", async t => {
  if (!(await tryCommand("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"])).ok) return t.skip();
  const step = withKnownPython(
    offer,
    stepThat(async () => assert.fail("an environment would be made")),
  );
  await assert.rejects(step.run(jobIn(t)), /the archive has JupyterLab for Python 3\.99, and python3 is 3\.\d+/);
});

const MAKE_WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    info = "latent_tiny-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: latent-tiny\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

test("pip finds the wheels of the archive, whatever its own settings say", async t => {
  if (!(await tryCommand("python3", ["-m", "pip", "--version"])).ok) return t.skip("python3 has no pip");
  process.env.PIP_INDEX_URL = "http://127.0.0.1:9/simple";
  t.after(() => delete process.env.PIP_INDEX_URL);
  const job = jobIn(t);
  const real: Offer = {
    ...offer,
    extract: async (_member, target) => assert.ok((await tryCommand("python3", ["-c", MAKE_WHEEL, target])).ok),
  };
  const taken = join(job.places.root, "taken");
  const step = withWheels(
    real,
    real.wheels,
    stepThat(async () => {
      const args = ["-m", "pip", "download", "--disable-pip-version-check", "-d", taken, "latent-tiny==1.0"];
      const { ok, output } = await tryCommand("python3", args);
      assert.ok(ok, output);
      return "done";
    }),
  );
  assert.equal(await step.run(job), "done");
  assert.ok(existsSync(join(taken, "latent_tiny-1.0-py3-none-any.whl")));
});
