import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { Atomics, type Int32Array, Object, performance, process } from "../../intrinsics.ts";
import { MARK } from "../../processes.ts";

interface SpawnOptions {
  envPairs?: string[];
}
type Spawn = (this: ChildProcess, options: SpawnOptions) => unknown;

/**
 * Gives each child the mark by which it is found at the end, also one that gets an environment of its own, and tells
 * `started` of it: the side thread must know whose children are whose while this one waits for one.
 */
export function followChildren(started: (pid: number) => void): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const plain = prototype.spawn;
  const pair = `${MARK}=${process.env[MARK] ?? ""}`;
  prototype.spawn = function spawn(options) {
    const { envPairs } = options;
    if (envPairs?.every(each => !each.startsWith(`${MARK}=`))) envPairs.push(pair);
    const result = plain.call(this, options);
    if (this.pid !== undefined) started(this.pid);
    return result;
  };
}

type Sync = (...given: unknown[]) => unknown;

/** A stop is a few milliseconds away; if none comes, it was for another cell. */
const LONGEST_HOLD_MS = 2000;

/**
 * An interrupt ends the child that a cell waits for, and the cell must not go on before it is stopped itself: behind
 * `execSync` and its like the main thread is held until the stop that was `asked` for is here.
 */
export function holdAfterChildren(asked: Int32Array, flush: () => void): void {
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) {
    const plain = childProcess[name] as unknown as Sync;
    const held = (...given: unknown[]) => {
      // Nothing that was printed before may wait until the child ends.
      flush();
      try {
        return plain(...given);
      } finally {
        hold(asked);
      }
    };
    Object.defineProperties(held, Object.getOwnPropertyDescriptors(plain));
    Object.assign(childProcess, { [name]: held });
  }
  syncBuiltinESMExports();
}

function hold(asked: Int32Array): void {
  const latest = performance.now() + LONGEST_HOLD_MS;
  while (Atomics.load(asked, 0) !== 0 && performance.now() < latest);
}
