import { totalRss } from "../processes.ts";
import type { Session } from "../session.ts";
import { median } from "../statistics.ts";
import { pause } from "../within.ts";
import { runCell } from "./cells.ts";
import { type Measure, withSessions } from "./measure.ts";

/** Cells in a row before the next kernel has its turn; after the first block a kernel has loaded what it loads. */
const BLOCK = 25;
const WINDOW = 50;
const SETTLED_MS = 2000;

/** Many cells, each with a new name: whether the last take longer than the first, and what they leave in memory. */
export const growth: Measure = (peers, results, plan) =>
  withSessions(peers, async sessions => {
    const runs = sessions.map(session => ({ session, n: 0, taken: [] as number[] }));
    const block = async (run: (typeof runs)[number]) => {
      for (let k = 0; k < BLOCK; k++)
        run.taken.push(await runCell(run.session, run.session.peer.cells.growth(run.n++)));
    };
    for (const run of runs) await block(run);
    const before = await settledRss(sessions);
    while ((runs[0]?.n ?? plan.growth) < plan.growth) for (const run of runs) await block(run);
    const after = await settledRss(sessions);
    for (const [at, { session, taken }] of runs.entries()) {
      const { name } = session.peer;
      const cells = taken.slice(BLOCK);
      results.add("growth", name, median(cells.slice(-WINDOW)) / median(cells.slice(0, WINDOW)));
      results.add("growthRss", name, (after[at] ?? 0) - (before[at] ?? 0));
    }
  });

async function settledRss(sessions: readonly Session[]): Promise<number[]> {
  await pause(SETTLED_MS);
  return sessions.map(session => totalRss(session.processes()));
}
