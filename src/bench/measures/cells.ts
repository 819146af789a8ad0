import type { Results } from "../results.ts";
import type { Session } from "../session.ts";
import { addLatencies, type Measure, type Plan, withSessions } from "./measure.ts";

/** So many in a row before the next kernel has its turn. */
const BLOCK = 10;

/** The way of a cell from its sending to its reply and its idle. */
export const cells: Measure = (peers, results, plan) =>
  withSessions(peers, async sessions => {
    let n = 0;
    for (let round = 0; round < plan.rounds; round++) {
      await interleaved(sessions, results, "one", plan, session => runCell(session, session.peer.cells.one));
      if (round === 0) for (const session of sessions) await session.run(session.peer.cells.imports);
      await interleaved(sessions, results, "typed", plan, session => runCell(session, session.peer.cells.typed(n++)));
    }
  });

/** Kernels take turns with blocks; each block of a kernel is `BLOCK` requests. */
export async function interleaved(
  sessions: readonly Session[],
  results: Results,
  row: string,
  { cells }: Plan,
  once: (session: Session) => Promise<number>,
): Promise<void> {
  const latencies = new Map<Session, number[]>(sessions.map(session => [session, []]));
  for (let done = 0; done < cells; done += BLOCK)
    for (const [session, taken] of latencies)
      for (let n = 0; n < Math.min(BLOCK, cells - done); n++) taken.push(await once(session));
  for (const [{ peer }, taken] of latencies) addLatencies(results, row, peer.name, taken);
}

/** Milliseconds until the reply and the idle are both there. Throws where the cell did not end well. */
export async function runCell(session: Session, code: string): Promise<number> {
  const ran = await session.run(code);
  if (ran?.status !== "ok") throw new Error(`${session.peer.name} answered ${ran?.status ?? "nothing"} to: ${code}`);
  return Math.max(ran.reply, ran.idle);
}
