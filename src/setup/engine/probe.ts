import { fileURLToPath } from "node:url";
import { tryCommand } from "../command.ts";
import type { Places } from "../places.ts";

export type Probe =
  | {
      readonly works: true;
      readonly tensorflow: string;
      /** How many numbers an instruction of our own operations takes here; undefined where the addon has none. */
      readonly width?: number;
    }
  | { readonly works: false; readonly problem: string };

const child = fileURLToPath(new URL("./probe-child.js", import.meta.url));

/** Loads tfjs-node as a lesson would, in a child process, and computes something with it. */
export async function probeEngine(places: Places): Promise<Probe> {
  const result = await tryCommand(process.execPath, [child, places.root]);
  const answer = result.output.split("\n").find(line => line.startsWith('{"tensorflow"'));
  if (!result.ok || answer === undefined) return { works: false, problem: problemIn(result.output) };
  return { works: true, ...(JSON.parse(answer) as { tensorflow: string; width?: number }) };
}

function problemIn(output: string): string {
  const lines = output.split("\n").filter(line => line.trim() !== "");
  // Above the error's own line node quotes the source line that threw it.
  return (
    lines.find(line => /^\w*Error\b.*: /.test(line))?.trim() ??
    lines.at(-1)?.trim() ??
    "the process ended without a word"
  );
}
