import { timeOf } from "./process_time.ts";

const TICK_MS = 50;

/** Ends the counting, and gives what was spent, ms. */
export type Stop = () => number;

/**
 * Counts the time that a process spends on one request: what it computes, and what it sleeps. Time in which it would run and
 * gets no processor does not count, so a busy machine costs nobody a mark.
 */
export function limitTime(pid: number, limit: number, ended: () => void): Stop {
  let spent = 0;
  let before = { at: performance.now(), cpu: timeOf(pid)?.cpu ?? 0 };
  const look = () => {
    const time = timeOf(pid);
    const at = performance.now();
    const cpu = time?.cpu ?? 0;
    const waits = time === undefined || !time.runs;
    spent += waits ? Math.max(cpu - before.cpu, at - before.at) : cpu - before.cpu;
    before = { at, cpu };
    if (spent >= limit) ended();
  };
  const timer = setInterval(look, TICK_MS);
  return () => {
    clearInterval(timer);
    spent += Math.max(0, (timeOf(pid)?.cpu ?? before.cpu) - before.cpu);
    return spent;
  };
}
