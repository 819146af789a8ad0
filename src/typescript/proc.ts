import { readFileSync } from "node:fs";

/** Ticks of processor time are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;
/** A process may leave while it is looked at, or be another user's; other systems have no /proc. */
const NOTHING_TO_READ = ["ENOENT", "ESRCH", "EACCES", "EPERM"];

/** A file of Linux's /proc, or undefined where there is nothing to read. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, "latin1");
  } catch (error) {
    if (NOTHING_TO_READ.includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** The fields of a `stat` that stand behind the program's name in brackets, which may hold anything: state, parent, … */
export function statFields(path: string): string[] | undefined {
  const stat = readProc(path);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Processor time of a process so far, ms, also while it computes; undefined where the system does not say it. */
export function processorMs(pid: number): number | undefined {
  const fields = statFields(`${pid}/stat`);
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
