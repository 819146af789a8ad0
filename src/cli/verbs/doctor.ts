import { parseArgs } from "node:util";
import { type Check, checks, type Finding } from "../checks.ts";
import { ownPlaces } from "../places.ts";
import type { Verb } from "../verb.ts";

export const doctor: Verb = {
  usage: "doctor",
  summary: "say what is set up, what is missing, and what to do about it",
  run: async args => {
    parseArgs({ args: [...args], options: {} });
    const places = ownPlaces();
    let missing = 0;
    for (const check of checks) {
      const finding = await check.look(places);
      process.stdout.write(`${line(check, finding)}\n`);
      if (check.needed && !finding.ok) missing++;
    }
    process.stdout.write(missing === 0 ? "All that is needed is there.\n" : `Missing: ${missing}.\n`);
    return missing === 0 ? 0 : 1;
  },
};

function line(check: Check, finding: Finding): string {
  const mark = finding.ok ? "ok     " : check.needed ? "MISSING" : "-      ";
  const lines = [...finding.detail.split("\n"), ...(finding.remedy === undefined ? [] : [`-> ${finding.remedy}`])];
  return `${mark} ${check.name.padEnd(11)} ${lines.join(`\n${" ".repeat(20)}`)}`;
}
