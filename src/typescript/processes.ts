import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readProc, statFields } from "./proc.ts";

/**
 * The variable of the environment by which a process is known to come from a cell: children inherit it, also one that
 * left its parent, its group and its session (a daemon). A kernel that a cell starts adds its own word to it.
 */
export const MARK = "LATENT_EXECUTION";

/** The word of this process, the last in the variable: the others are those of kernels around ours. */
export function ownMark(env: NodeJS.ProcessEnv = process.env): string {
  return env[MARK]?.split(" ").at(-1) ?? "";
}

export interface ProcessRow {
  pid: number;
  parent: number;
  group: number;
  session: number;
  marked: boolean;
  isDead: boolean;
}

/** A killed process stays in the table for a moment; one in an uninterruptible wait for longer than anybody waits. */
const ROUNDS = 40;
const ROUND_MS = 5;

/** The processes that come from the execution process `root`, less itself. `mark` is its word in `MARK`. */
export function processesOf(root: number, mark: string): ProcessRow[] {
  const rows = table(mark).filter(({ pid, isDead }) => pid !== root && pid !== process.pid && !isDead);
  const found = new Set([root]);
  const isOurs = ({ parent, group, session, marked }: ProcessRow) =>
    marked || group === root || session === root || found.has(parent);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const row of rows) if (isOurs(row)) found.add(row.pid);
  }
  return rows.filter(({ pid }) => found.has(pid));
}

/** Ends all that comes from `root`, and returns once it is gone. Call it while `root` lives: orphans have no parent. */
export function endProcessesOf(root: number, mark: string, endRoot: () => void = () => {}): void {
  let left = processesOf(root, mark);
  endRoot();
  for (let round = 0; left.length > 0 && round < ROUNDS; round++) {
    for (const { pid } of left) signal(pid, "SIGKILL");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ROUND_MS);
    left = processesOf(root, mark);
  }
}

/** Sends a signal. A process that has just ended has nothing to hear. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: it changed its user (sudo), which is beyond us.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

function table(mark: string): ProcessRow[] {
  return process.platform === "linux" ? fromProc(mark) : fromPs(mark);
}

function fromProc(mark: string): ProcessRow[] {
  return readdirSync("/proc")
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const fields = statFields(`${name}/stat`);
      if (fields === undefined) return [];
      const [state, parent, group, session] = fields;
      const marked = mark !== "" && (readProc(`${name}/environ`) ?? "").includes(mark);
      return [row(name, parent, group, session, marked, state)];
    });
}

/** macOS has no /proc; its `ps -E` shows the environment behind the command. It numbers no sessions. */
function fromPs(mark: string): ProcessRow[] {
  const { stdout = "" } = spawnSync("ps", ["-axwwE", "-o", "pid=,ppid=,pgid=,state=,command="], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return (stdout ?? "").split("\n").flatMap(line => {
    const [, pid, parent, group, state] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    return pid === undefined ? [] : [row(pid, parent, group, "0", mark !== "" && line.includes(mark), state)];
  });
}

function row(
  pid: string,
  parent = "0",
  group = "0",
  session = "0",
  marked = false,
  state: string | undefined = "",
): ProcessRow {
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    marked,
    isDead: /^[ZX]/.test(state),
  };
}
