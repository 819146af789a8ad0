import { readFileSync } from "node:fs";

/** Linux counts processor time for users in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/**
 * Processor time of a process so far, in milliseconds, also while it runs a cell; undefined where the system has no
 * `/proc`, or no such process any more.
 */
export function processorMs(pid: number): number | undefined {
  const stat = statOf(pid);
  if (stat === undefined) return undefined;
  // The name, in brackets, may have spaces in it; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}
