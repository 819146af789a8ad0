import { readdirSync, readFileSync } from "node:fs";

/** Ticks of `times` in /proc are hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** How far a process has come. */
export interface ProcessTime {
  /** Computing time of all its threads, ms. */
  cpu: number;
  /** Whether any thread runs, or waits for a processor. */
  runs: boolean;
}

/** From Linux's /proc, or undefined where that says nothing. */
export function timeOf(pid: number): ProcessTime | undefined {
  const own = fields(`/proc/${pid}/stat`);
  if (own === undefined) return undefined;
  const cpu = (Number(own[11]) + Number(own[12])) * MS_PER_TICK;
  return { cpu, runs: own[0] === "R" || threadRuns(pid) };
}

/** The process that a chain of starters (bubblewrap, prlimit) ends in. */
export function lastChild(pid: number): number {
  const [child] = readText(`/proc/${pid}/task/${pid}/children`)?.trim().split(" ") ?? [];
  return child ? lastChild(Number(child)) : pid;
}

function threadRuns(pid: number): boolean {
  return threads(pid).some(thread => fields(`/proc/${pid}/task/${thread}/stat`)?.[0] === "R");
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    return gone(error, []);
  }
}

/** What stands behind the name in brackets, which may hold anything: state, parent, … */
function fields(path: string): string[] | undefined {
  const text = readText(path);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return gone(error, undefined);
  }
}

/** A process may leave while it is looked at; other systems have no /proc. */
function gone<T>(error: unknown, otherwise: T): T {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return otherwise;
  throw error;
}
