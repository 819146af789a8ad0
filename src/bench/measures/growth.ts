import { totalRss } from "../processes.ts";
import type { Results } from "../results.ts";
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
  withSessions({ peers, results, rows: ["growth", "growthRss"] }, nothing, async sessions => {
    let runs = sessions.map(session => ({ session, n: 0, taken: [] as number[] }));
    const blocks = async () => {
      for (const run of runs) if (!(await block(run, results))) runs = runs.filter(each => each !== run);
    };
    await blocks();
    const before = await settledRss(runs);
    for (let done = BLOCK; done < plan.growth; done += BLOCK) await blocks();
    const after = await settledRss(runs);
    for (const { session, taken } of runs) {
      const { name } = session.peer;
      const cells = taken.slice(BLOCK);
      results.add("growth", name, median(cells.slice(-WINDOW)) / median(cells.slice(0, WINDOW)));
      results.add("growthRss", name, (after.get(session) ?? 0) - (before.get(session) ?? 0));
    }
  });

const nothing = async (): Promise<void> => {};

interface GrowthRun {
  session: Session;
  n: number;
  taken: number[];
}

/** False where the kernel failed: the others go on. */
async function block(run: GrowthRun, results: Results): Promise<boolean> {
  const { peer } = run.session;
  try {
    for (let k = 0; k < BLOCK; k++) run.taken.push(await runCell(run.session, peer.cells.growth(run.n++)));
    return true;
  } catch (error) {
    results.add("growth", peer.name, `fails at cell ${run.n}`);
    process.stderr.write(`bench: growth: ${(error as Error).message}\n`);
    return false;
  }
}

async function settledRss(runs: readonly GrowthRun[]): Promise<Map<Session, number>> {
  await pause(SETTLED_MS);
  return new Map(runs.map(({ session }) => [session, totalRss(session.processes())]));
}
