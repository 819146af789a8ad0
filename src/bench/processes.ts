import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface Process {
  pid: number;
  parent: number;
  /** Resident memory in MB. */
  rss: number;
  command: string;
}

/** `pid` and all that it started, and what those started. */
export function processTree(pid: number, all: readonly Process[] = listProcesses()): Process[] {
  const tree = all.filter(process => process.pid === pid);
  for (const { pid: parent } of tree) tree.push(...all.filter(process => process.parent === parent));
  return tree;
}

export function totalRss(tree: readonly Process[]): number {
  return tree.reduce((sum, { rss }) => sum + rss, 0);
}

/** Processor time so far of all of `tree`, in seconds; NaN where the system does not tell it finely. */
export function processorTime(tree: readonly Process[]): number {
  return tree.reduce((sum, { pid }) => sum + secondsOf(pid), 0);
}

function listProcesses(): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  return table.split("\n").flatMap(line => {
    const [, pid, parent, kilobytes, command = ""] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), rss: (Number(kilobytes) * 1024) / 1e6, command }];
  });
}

const TICKS_A_SECOND = 100;

function secondsOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const stat = readFileSync(file, "utf8");
  // The name, in brackets, may have spaces in it; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
