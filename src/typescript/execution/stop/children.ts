import { ChildProcess } from "node:child_process";
import { process } from "../../intrinsics.ts";
import { MARK } from "../../processes.ts";

interface SpawnOptions {
  envPairs?: string[];
}
type Spawn = (this: ChildProcess, options: SpawnOptions) => unknown;

/** Gives each child the mark by which it is found at the end, also one that gets an environment of its own. */
export function markChildren(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const plain = prototype.spawn;
  const pair = `${MARK}=${process.env[MARK] ?? ""}`;
  prototype.spawn = function spawn(options) {
    const { envPairs } = options;
    if (envPairs?.every(each => !each.startsWith(`${MARK}=`))) envPairs.push(pair);
    return plain.call(this, options);
  };
}
