import { parseArgs } from "node:util";
import { keepStills } from "../../publish/index.ts";
import { UsageError, type Verb } from "../verb.ts";

export const stills: Verb = {
  usage: "stills <notebook ...>",
  summary: "put a picture beside every figure of notebooks, for places where no script runs, such as GitHub",
  run: async args => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("stills takes the names of one or more notebooks.");
    for (const notebook of positionals) {
      const start = performance.now();
      const { figures, drawn, bytes } = await keepStills(notebook);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(
        `${notebook}: ${figures} figures, ${drawn} drawn anew, ${(bytes / 1e3).toFixed(0)} kB, in ${seconds} s`,
      );
    }
    return 0;
  },
};
