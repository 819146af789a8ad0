import { readdirSync } from "node:fs";
import { processorMs, readProc, statFields } from "../../typescript/proc.ts";

/** How far a process has come. */
export interface ProcessTime {
  /** Computing time of all its threads, ms. */
  cpu: number;
  /** Whether any thread runs, or waits for a processor. */
  runs: boolean;
}

/** From Linux's /proc, or undefined where that says nothing. */
export function timeOf(pid: number): ProcessTime | undefined {
  const cpu = processorMs(pid);
  return cpu === undefined ? undefined : { cpu, runs: threads(pid).some(thread => runs(`${pid}/task/${thread}`)) };
}

/** The process that a chain of starters (bubblewrap, prlimit) ends in. */
export function lastChild(pid: number): number {
  const [child] = readProc(`${pid}/task/${pid}/children`)?.trim().split(" ") ?? [];
  return child ? lastChild(Number(child)) : pid;
}

function runs(thread: string): boolean {
  return statFields(`${thread}/stat`)?.[0] === "R";
}

/** The first thread has the number of its process. */
function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return [];
    throw error;
  }
}
