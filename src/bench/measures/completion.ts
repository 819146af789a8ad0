import type { Session } from "../session.ts";
import { interleaved } from "./cells.ts";
import { latencyRows, type Measure, withSessions } from "./measure.ts";

const LIMIT_MS = 10_000;

/** Completion of a text that differs each time, as when somebody types. */
export const completion: Measure = (peers, results, plan) => {
  let n = 0;
  const once = async (session: Session) => {
    const took = await session.complete(session.peer.cells.completion(n++), LIMIT_MS);
    if (took === undefined) throw new Error(`${session.peer.name} did not complete`);
    return took;
  };
  const prepare = async (session: Session) => {
    await session.run(session.peer.cells.members);
    // The first may load a compiler.
    await session.complete(session.peer.cells.completion(n++), LIMIT_MS);
  };
  return withSessions({ peers, results, rows: latencyRows("complete") }, prepare, async sessions => {
    for (let round = 0; round < plan.rounds; round++) await interleaved(sessions, results, "complete", plan, once);
  });
};
