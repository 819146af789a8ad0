import type { Results } from "../results.ts";
import type { Session } from "../session.ts";
import { pause } from "../within.ts";
import { addLatencies, latencyRows, type Measure, type Plan, withSessions } from "./measure.ts";

/** So many in a row before the next kernel has its turn. */
const BLOCK = 10;
const SETTLED_MS = 100;

/** The way of a cell from its sending to its reply and its idle. */
export const cells: Measure = (peers, results, plan) => {
  const rows = [...latencyRows("one"), ...latencyRows("typed")];
  const imports = async (session: Session) => session.run(session.peer.cells.imports);
  return withSessions({ peers, results, rows }, imports, async sessions => {
    let n = 0;
    for (let round = 0; round < plan.rounds; round++) {
      await interleaved(sessions, results, "one", plan, session => runCell(session, session.peer.cells.one));
      await interleaved(sessions, results, "typed", plan, session => runCell(session, session.peer.cells.typed(n++)));
    }
  });
};

/** Kernels take turns with blocks of requests. One that fails is out for this round; what it took by then is kept. */
export async function interleaved(
  sessions: readonly Session[],
  results: Results,
  row: string,
  { cells }: Plan,
  once: (session: Session) => Promise<number>,
): Promise<void> {
  const runs = sessions.map(session => ({ session, taken: [] as number[], failed: false }));
  for (let done = 0; done < cells; done += BLOCK)
    for (const run of runs.filter(({ failed }) => !failed)) {
      // What the kernel before left to do behind its answers is not this one's.
      await pause(SETTLED_MS);
      try {
        for (let n = 0; n < Math.min(BLOCK, cells - done); n++) run.taken.push(await once(run.session));
      } catch (error) {
        run.failed = true;
        for (const part of latencyRows(row)) results.add(part, run.session.peer.name, "a request lost");
        process.stderr.write(`bench: ${row}: ${(error as Error).message}\n`);
      }
    }
  for (const { session, taken } of runs) if (taken.length > 0) addLatencies(results, row, session.peer.name, taken);
}

/** Milliseconds until the reply and the idle are both there. Throws where the cell did not end well. */
export async function runCell(session: Session, code: string): Promise<number> {
  const ran = await session.run(code);
  if (ran?.status !== "ok") throw new Error(`${session.peer.name} answered ${ran?.status ?? "nothing"} to: ${code}`);
  return Math.max(ran.reply, ran.idle);
}
