import { devNull } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withEnvironment } from "../../../scripts/class-archive/environment.mjs";
import { insideOrThrow } from "../../../scripts/inside.mjs";
import { tryCommand } from "../command.ts";
import { SetupFailure } from "../failure.ts";
import type { Job, Step } from "../step.ts";
import { inTemporaryFolder } from "../temporary.ts";
import type { Offer } from "./offer.ts";

/** The step, with a pip that takes these wheels of the archive and asks no index, whatever its own settings say. */
export function withWheels(offer: Offer, wheels: readonly string[], step: Step): Step {
  return { ...step, run: async job => await runWithWheels(offer, wheels, step, job) };
}

async function runWithWheels(
  offer: Offer,
  wheels: readonly string[],
  step: Step,
  job: Job,
): Promise<string | undefined> {
  return await inTemporaryFolder(join(job.places.root, ".latent", "wheels"), async folder => {
    for (const member of wheels) {
      await offer.extract(member, insideOrThrow(folder, wheelName(member)), { signal: job.signal });
    }
    return await withEnvironment(pipSettings(folder), () => step.run(job));
  });
}

/** `python/numpy-2.0/cp313-….whl` is `numpy-2.0-cp313-….whl`, whose name is longer than a tar's may be. */
function wheelName(member: string): string {
  return member.split("/").slice(1).join("-");
}

/** An address and no path: pip parts this variable at spaces. */
function pipSettings(folder: string): Record<string, string | undefined> {
  return {
    PIP_NO_INDEX: "1",
    PIP_FIND_LINKS: pathToFileURL(folder).href,
    PIP_CONFIG_FILE: devNull,
    PIP_INDEX_URL: undefined,
    PIP_EXTRA_INDEX_URL: undefined,
  };
}

/** Refuses a Python that the archive has no JupyterLab for, before an environment is made of it. */
export function withKnownPython(offer: Offer, step: Step): Step {
  return {
    ...step,
    run: async job => {
      await requireKnownPython(offer, job);
      return await step.run(job);
    },
  };
}

async function requireKnownPython(offer: Offer, { signal }: Job): Promise<void> {
  const ask = "import sys; print('%d.%d' % sys.version_info[:2])";
  const answer = await tryCommand("python3", ["-c", ask], { signal });
  const version = answer.output.trim();
  // A Python that is missing or too old has a sentence of its own in the step.
  if (!answer.ok || Number(version.split(".")[1]) < 10 || offer.pythons.includes(version)) return;
  throw new SetupFailure(
    `${offer.name} has JupyterLab for Python ${offer.pythons.join(", ")}, and python3 is ${version}.`,
    'Put one of these first on the PATH, or run "npm start" once with a network; "npm start -- --from <archive> run <notebook>" works without Python.',
  );
}
