import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  kernelspecFolder,
  SetupFailure,
  tryCommand,
  userKernelspecFolder,
  writeKernelspec,
} from "../../setup/index.ts";
import { ownPlaces } from "../places.ts";
import { UsageError, type Verb } from "../verb.ts";

export const install: Verb = {
  usage: "install [--user | --sys-prefix | --prefix <folder>]",
  summary: "make the kernel known to another Jupyter (default: the user's)",
  run: async args => {
    const folder = await folderFor(args);
    await writeKernelspec(ownPlaces(), folder);
    process.stdout.write(`The kernel "TypeScript (Latent)" is registered in ${folder}\n`);
    return 0;
  },
};

async function folderFor(args: readonly string[]): Promise<string> {
  const options = { user: { type: "boolean" }, "sys-prefix": { type: "boolean" }, prefix: { type: "string" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (Object.keys(values).length > 1) throw new UsageError("Give one of --user, --sys-prefix and --prefix.");
  if (values.prefix !== undefined) return kernelspecFolder(resolve(values.prefix));
  return values["sys-prefix"] ? kernelspecFolder(await pythonPrefix()) : userKernelspecFolder();
}

/** The prefix of the Python that is active where the command is given: an environment's, or the system's. */
async function pythonPrefix(): Promise<string> {
  const python = process.env.CONDA_PREFIX ? join(process.env.CONDA_PREFIX, "bin", "python") : "python3";
  const answer = await tryCommand(python, ["-c", "import sys; print(sys.prefix)"]);
  if (answer.ok) return answer.output.trim();
  throw new SetupFailure("--sys-prefix asks Python for its folder, and there is no Python.", "Use --prefix <folder>.");
}
