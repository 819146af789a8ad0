import { createHash } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../../scripts/lock.mjs";
import { command, tryCommand, withRetries } from "./command.ts";
import { SetupFailure } from "./failure.ts";
import { type Places, venvPython } from "./places.ts";
import type { Job, Step } from "./step.ts";
import { writeAtomically } from "./temporary.ts";

/** JupyterLab and the renderer of figures, in the clone's own environment. */
export const pythonStep: Step = {
  name: "JupyterLab (.venv)",
  isDone: async ({ places }) => await isVenvCurrent(places),
  run: async job => {
    // An environment cannot be made elsewhere and renamed: its programs name their own folder.
    return await withLock(join(job.places.root, ".latent", "python.lock"), async () => {
      if (await isVenvCurrent(job.places)) return undefined;
      if (job.offline) return await useOlder(job.places);
      await requirePython();
      await keepingOlder(job.places, async () => await makeVenv(job));
      return undefined;
    });
  },
};

/** Where nothing may be fetched an environment of an older state is better than none. */
async function useOlder(places: Places): Promise<string> {
  if (await isVenvWhole(places)) return "JupyterLab is of an older state; the next start without --offline renews it.";
  throw new SetupFailure(
    "JupyterLab is not set up here, and nothing is to be fetched.",
    'Run the command once without --offline where there is a network; "npm start -- run <notebook> --offline" works without JupyterLab.',
  );
}

/** Puts an environment of an older state aside, and back where the new one cannot be made. */
async function keepingOlder(places: Places, make: () => Promise<void>): Promise<void> {
  const aside = join(places.root, ".latent", "venv.older");
  if (await isVenvWhole(places)) {
    await rm(aside, { recursive: true, force: true });
    await rename(places.venv, aside);
  } else {
    await rm(places.venv, { recursive: true, force: true });
  }
  try {
    await make();
  } catch (error) {
    await rm(places.venv, { recursive: true, force: true });
    await rename(aside, places.venv).catch(unlessMissing);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

// Inside the environment, so that whoever deletes it deletes the claim that it is there.
const stampOf = (places: Places): string => join(places.venv, "latent-stamp");

/** The environment belongs to these requirements in this folder; a clone that was moved needs another. */
export async function venvHash(places: Places): Promise<string> {
  const requirements = await readFile(places.requirements, "utf8");
  return createHash("sha256").update(`${places.venv}\n${requirements}`).digest("hex");
}

export async function isVenvCurrent(places: Places): Promise<boolean> {
  return (await readStamp(places)) === (await venvHash(places)) && (await isVenvWhole(places));
}

/** Whether it was once made to its end, whatever was required then, and its Python is still there. */
async function isVenvWhole(places: Places): Promise<boolean> {
  return (await readStamp(places)) !== undefined && (await tryCommand(venvPython(places), ["-V"])).ok;
}

async function readStamp(places: Places): Promise<string | undefined> {
  return await readFile(stampOf(places), "utf8").catch(unlessMissing);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

async function makeVenv({ places, signal, progress }: Job): Promise<void> {
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
  const quiet = ["--no-input", "--disable-pip-version-check"];
  const install = ["-m", "pip", "install", ...quiet, "--require-hashes", "-r", places.requirements];
  const onLine = (line: string): void => {
    const words = whatPipDoes(line);
    if (words !== undefined) progress.advanced(words);
  };
  try {
    await withRetries(
      3,
      // A damaged file in pip's cache would fail every time.
      attempt =>
        command(venvPython(places), [...install, ...(attempt > 1 ? ["--no-cache-dir"] : [])], { signal, onLine }),
      signal,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SetupFailure(
      "JupyterLab could not be installed.",
      "Check the network connection and run the command again.",
      { cause: errorsOf(error) },
    );
  }
  await writeAtomically(stampOf(places), await venvHash(places));
}

/** What pip itself calls an error; it says every try that failed before. */
function errorsOf(failure: unknown): string {
  const text = failure instanceof Error ? failure.message : String(failure);
  const errors = text.split("\n").filter(line => line.startsWith("ERROR:"));
  return errors.length > 0 ? errors.join("\n") : text;
}

/** One of pip's lines in fewer words, where it says what pip does. */
export function whatPipDoes(line: string): string | undefined {
  const [, asked] = /^Collecting ([\w.-]+)/.exec(line) ?? [];
  if (asked) return `asking for ${asked}`;
  const [, file, size] = /^\s*Downloading ([\w.-]+?)-\d\S* \((.*)\)/.exec(line) ?? [];
  if (file) return `downloading ${file} (${size})`;
  return line.startsWith("Installing collected packages") ? "installing" : undefined;
}

async function requirePython(): Promise<void> {
  const check = "import sys; sys.exit(sys.version_info < (3, 10))";
  if ((await tryCommand("python3", ["-c", check])).ok) return;
  throw new SetupFailure(
    "JupyterLab needs Python 3.10 or newer, and python3 is older or missing.",
    'Install a current Python 3 and run the command again; "npm start -- run <notebook>" works without JupyterLab.',
  );
}
