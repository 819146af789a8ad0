import type { Failure } from "../../interpreter/index.ts";

/** What a signal says about an end that nobody asked for. */
const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGSEGV: "native code crashed",
  SIGBUS: "native code crashed",
  SIGILL: "native code met an instruction that this processor lacks",
  SIGFPE: "native code crashed",
  SIGABRT: "process.abort() was called, or native code gave up",
  SIGKILL: "it was killed; the system does that where memory runs out",
  SIGTERM: "it was asked to end",
};

const OUT_OF_MEMORY = /JavaScript heap out of memory|Reached heap limit/;

/** How the process ended, in words. `stderr` is what it wrote last. */
export function howItEnded(code: number | null, signal: NodeJS.Signals | null, stderr: string): string {
  if (OUT_OF_MEMORY.test(stderr))
    return "out of memory: its JavaScript values outgrew V8's heap; keep less alive, or start the kernel with NODE_OPTIONS=--max-old-space-size=8192";
  if (signal !== null) return `signal ${signal}${signal in SIGNALS ? `: ${SIGNALS[signal]}` : ""}`;
  return code === 133 || code === 134
    ? `exit code ${code}: process.abort() was called, or native code gave up`
    : `exit code ${code}`;
}

export function exitFailure(how: string): Failure {
  const evalue = `the process that runs the cells ended (${how}); the next cell starts in a new one, the variables are gone`;
  return { status: "error", ename: "ProcessExited", evalue, traceback: [`ProcessExited: ${evalue}`] };
}

/** For an end between two cells, which no cell's error can report. */
export function exitNote(how: string): string {
  return `The process that ran the cells has ended (${how}): the variables are gone, the next cell runs in a new one.\n`;
}
