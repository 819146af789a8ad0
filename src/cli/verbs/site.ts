import { join } from "node:path";
import { parseArgs } from "node:util";
import { exportSite } from "../../publish/index.ts";
import { ownPlaces } from "../places.ts";
import type { Verb } from "../verb.ts";

const OPTIONS = {
  "output-dir": { type: "string", default: "site" },
  course: { type: "string" },
} as const;

export const site: Verb = {
  usage: "site [<part of a lesson's name> ...] [--output-dir <folder>] [--course <folder>]",
  summary: "export the course as pages that need no server and no network",
  run: async args => {
    const start = performance.now();
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { "output-dir": target, course = join(ownPlaces().root, "notebooks") } = values;
    const { pages, warnings } = await exportSite(course, target, positionals);
    for (const warning of warnings) console.error(warning);
    const size = pages.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${join(target, "index.html")}: ${pages.length} pages and decks, ${size.toFixed(1)} MB, in ${seconds} s`,
    );
    return 0;
  },
};
