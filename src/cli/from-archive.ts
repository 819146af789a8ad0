import { type Offer, type Step, stepsForMaking, stepsFrom } from "../setup/index.ts";
import { report } from "./dispatch.ts";
import { setUp } from "./set-up.ts";

/** The verbs that need no JupyterLab; all others are given everything. */
const WITHOUT_JUPYTER = ["run"];

/** Sets up from a class archive what the command line will need; returns an exit code, 0 where all is there. */
export async function setUpFrom(offer: Offer, args: readonly string[]): Promise<number> {
  return await setUpOrReport(stepsFrom(offer, { jupyter: !WITHOUT_JUPYTER.includes(args[0] ?? "start") }));
}

/** Sets up what making an archive rests on; returns an exit code. */
export async function setUpForArchive({ engine }: { engine: boolean }): Promise<number> {
  return await setUpOrReport(stepsForMaking({ engine }));
}

async function setUpOrReport(steps: readonly Step[]): Promise<number> {
  try {
    await setUp(steps);
    return 0;
  } catch (error) {
    return report(error);
  }
}
