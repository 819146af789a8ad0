import { readdirSync } from "node:fs";
import { readProc, statFields } from "../../typescript/proc.ts";

/** Whether any thread of a process runs, or waits for a processor. */
export function anyRuns(pid: number): boolean {
  return threads(pid).some(thread => runs(`${pid}/task/${thread}`));
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
