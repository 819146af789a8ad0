import { processorMs } from "../../typescript/proc.ts";
import { anyRuns } from "./process_time.ts";

const TICK_MS = 50;

/** Ends the counting, and gives what was spent, ms. */
export type Stop = () => number;

/**
 * Counts the time that a process spends on one request: what it computes, and what it sleeps. Time in which it would run and
 * gets no processor does not count, so a busy machine costs nobody a mark.
 */
export function limitTime(pid: number, limit: number, ended: () => void): Stop {
  let spent = 0;
  let before = { at: performance.now(), cpu: processorMs(pid) ?? 0 };
  const look = () => {
    const at = performance.now();
    const cpu = processorMs(pid) ?? before.cpu;
    const computed = Math.max(0, cpu - before.cpu);
    spent += anyRuns(pid) ? computed : Math.max(computed, at - before.at);
    before = { at, cpu };
    if (spent >= limit) ended();
  };
  const timer = setInterval(look, TICK_MS);
  return () => {
    clearInterval(timer);
    // Most requests end before the first look; this is all that they cost.
    return spent + Math.max(0, (processorMs(pid) ?? before.cpu) - before.cpu);
  };
}
