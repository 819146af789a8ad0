import { parseArgs } from "node:util";
import { type RunOptions, runNotebooks } from "../../course/index.ts";
import { engineStep } from "../../setup/index.ts";
import { ownPlaces } from "../places.ts";
import { setUp } from "../set-up.ts";
import { UsageError, type Verb } from "../verb.ts";
import { runFolder } from "../work.ts";

export const run: Verb = {
  usage: "run <notebook ...> [--output-dir <folder>] [--offline]",
  summary: "run notebooks from the command line, without Python and without a browser",
  run: async (args, around) => {
    const options = { "output-dir": { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("run takes the names of one or more notebooks.");
    await setUp([engineStep], around);
    let code = 0;
    for (const notebook of positionals) {
      const outputDir = values["output-dir"] ?? runFolder(ownPlaces(), notebook);
      const options: RunOptions = { live: process.stderr, ...(outputDir !== undefined && { outputDir }) };
      code = Math.max(code, await runNotebooks([notebook], options));
    }
    return code;
  },
};
