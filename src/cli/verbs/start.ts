import { parseArgs } from "node:util";
import { engineStep, kernelspecStep, labextensionStep, pythonStep, settingsStep } from "../../setup/index.ts";
import { requireFreePort, runJupyterLab } from "../jupyter.ts";
import { ownPlaces } from "../places.ts";
import { setUp } from "../set-up.ts";
import { UsageError, type Verb } from "../verb.ts";
import { courseFolder, openWork } from "../work.ts";

export const start: Verb = {
  usage: "start [--no-browser] [--port <number>] [--work <folder>] [--originals] [--offline]",
  summary: "set up all that is missing, then open the course in JupyterLab",
  run: async (args, around) => {
    const options = {
      "no-browser": { type: "boolean" },
      port: { type: "string" },
      originals: { type: "boolean" },
      work: { type: "string" },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const port = values.port === undefined ? undefined : portNumber(values.port);
    // Before the minute that a first set-up takes.
    if (port !== undefined) await requireFreePort(port);
    await setUp([engineStep, pythonStep, kernelspecStep, settingsStep, labextensionStep], around);
    const places = ownPlaces();
    return await runJupyterLab(places, {
      folder: values.originals ? courseFolder(places) : await openWork(places, { folder: values.work, print: say }),
      browser: values["no-browser"] !== true,
      port,
      ready: url => {
        // From the start of this process: npm's packages and the build are in it.
        const seconds = (performance.now() / 1000).toFixed(1);
        process.stderr.write(`\nLatent: the course is open after ${seconds} s at\n    ${url}\nCtrl-C ends it.\n\n`);
      },
    });
  },
};

function say(line: string): void {
  process.stderr.write(`Latent: ${line}\n`);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new UsageError(`--port takes a number from 1 to 65535, not "${text}".`);
}
