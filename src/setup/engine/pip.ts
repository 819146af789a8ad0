import { join } from "node:path";
import { tryCommand } from "../command.ts";
import { SetupFailure } from "../failure.ts";

/** The start of a command line that runs pip. */
export type Pip = readonly [program: string, ...args: string[]];

/** Any pip will do: the one of python3, or one in a throw-away environment where the system's was left out. */
export async function findPip(scratch: string, signal: AbortSignal): Promise<Pip> {
  if ((await tryCommand("python3", ["-m", "pip", "--version"], { signal })).ok) return ["python3", "-m", "pip"];
  const folder = join(scratch, "pip");
  const made = await tryCommand("python3", ["-m", "venv", folder], { signal });
  if (made.ok) return [join(folder, "bin", "python"), "-m", "pip"];
  throw new SetupFailure(NO_PIP.problem, NO_PIP.remedy, { cause: made.output });
}

export const NO_PIP = {
  problem: "The engine is fetched with Python's pip, and there is none.",
  remedy:
    "Install python3 with pip or its venv module (Debian and Ubuntu: apt install python3-venv; macOS: brew install python) and run the command again.",
};

/** Whether {@link findPip} has something to find; 30 ms, where pip itself takes half a second to say its version. */
export async function hasPip(): Promise<boolean> {
  const look = "from importlib.util import find_spec as f; import sys; sys.exit(not (f('pip') or f('ensurepip')))";
  return (await tryCommand("python3", ["-c", look])).ok;
}
