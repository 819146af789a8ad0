import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { exportDeck } from "../../publish/index.ts";
import { UsageError, type Verb } from "../verb.ts";

export const slides: Verb = {
  usage: "slides <notebook ...> [--output-dir <folder>]",
  summary: "export the slides of notebooks, each as one HTML file that needs no network",
  run: async args => {
    const options = { "output-dir": { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("slides takes the names of one or more notebooks.");
    const outputDir = values["output-dir"];
    if (outputDir !== undefined) await mkdir(outputDir, { recursive: true });
    for (const notebook of positionals) {
      const start = performance.now();
      const { path, bytes, slides, figures, warnings } = await exportDeck(notebook, { outputDir });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      for (const warning of warnings) console.error(`${notebook}: ${warning}`);
      console.log(
        `${path}: ${slides} slides, ${figures} live figures, ${(bytes / 1e6).toFixed(2)} MB, in ${seconds} s`,
      );
    }
    return 0;
  },
};
