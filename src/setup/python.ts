import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { command, tryCommand, withRetries } from "./command.ts";
import { SetupFailure } from "./failure.ts";
import { withLock } from "./lock.ts";
import { type Places, venvPython } from "./places.ts";
import type { Job, Step } from "./step.ts";
import { writeAtomically } from "./temporary.ts";

/** JupyterLab and the renderer of figures, in the clone's own environment. */
export const pythonStep: Step = {
  name: "JupyterLab (.venv)",
  isDone: async ({ places }) => await isVenvCurrent(places),
  run: async job => {
    // An environment cannot be made elsewhere and renamed: its programs name their own folder.
    await withLock(join(job.places.root, ".latent", "python.lock"), async () => {
      if (!(await isVenvCurrent(job.places))) await makeVenv(job);
    });
  },
};

// Inside the environment, so that whoever deletes it deletes the claim that it is there.
const stampOf = (places: Places): string => join(places.venv, "latent-stamp");

/** The environment belongs to these requirements in this folder; a clone that was moved needs another. */
export async function venvHash(places: Places): Promise<string> {
  const requirements = await readFile(places.requirements, "utf8");
  return createHash("sha256").update(`${places.venv}\n${requirements}`).digest("hex");
}

export async function isVenvCurrent(places: Places): Promise<boolean> {
  const stamp = await readFile(stampOf(places), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return stamp !== "" && stamp === (await venvHash(places)) && (await tryCommand(venvPython(places), ["-V"])).ok;
}

async function makeVenv({ places, signal }: Job): Promise<void> {
  await rm(places.venv, { recursive: true, force: true });
  await requirePython();
  const made = await tryCommand("python3", ["-m", "venv", places.venv], { signal });
  if (!made.ok) {
    throw new SetupFailure(
      "python3 has no working venv module.",
      'Install it (Debian and Ubuntu: apt install python3-venv) and run the command again; "npm start -- run <notebook>" works without Python.',
      { cause: made.output },
    );
  }
  // JupyterLab runs a yarn.js of its own with node, which would read it as a module because this project is one.
  await writeAtomically(join(places.venv, "package.json"), '{ "type": "commonjs" }\n');
  const install = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "-r", places.requirements];
  try {
    await withRetries(3, () => command(venvPython(places), install, { signal }), signal);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SetupFailure(
      "JupyterLab could not be installed.",
      "Check the network connection and run the command again.",
      { cause: error },
    );
  }
  await writeAtomically(stampOf(places), await venvHash(places));
}

async function requirePython(): Promise<void> {
  const check = "import sys; sys.exit(sys.version_info < (3, 10))";
  if ((await tryCommand("python3", ["-c", check])).ok) return;
  throw new SetupFailure(
    "JupyterLab needs Python 3.10 or newer, and python3 is older or missing.",
    'Install a current Python 3 and run the command again; "npm start -- run <notebook>" works without JupyterLab.',
  );
}
