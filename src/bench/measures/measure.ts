import type { Peer } from "../peers/peer.ts";
import type { Results } from "../results.ts";
import { Session } from "../session.ts";
import { percentile } from "../statistics.ts";

/** How much is measured: the full run, or the quick one. */
export interface Plan {
  rounds: number;
  /** Cells a round in the rows of latency. */
  cells: number;
  growth: number;
}

export const FULL: Plan = { rounds: 5, cells: 60, growth: 500 };
export const QUICK: Plan = { rounds: 2, cells: 20, growth: 100 };

/** One measure: some rows of the table, for every kernel in turn. */
export type Measure = (peers: readonly Peer[], results: Results, plan: Plan) => Promise<void>;

/** Runs `work` for every kernel; one that fails has that written in its `rows`, and the others go on. */
export async function forEach(
  peers: readonly Peer[],
  results: Results,
  rows: readonly string[],
  work: (peer: Peer) => Promise<void>,
): Promise<void> {
  for (const peer of peers) await attempt(peer, results, rows, () => work(peer));
}

/** What `work` returns; undefined where it fails, which is then written in `rows`. */
export async function attempt<T>(
  { name }: Peer,
  results: Results,
  rows: readonly string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    for (const row of rows) results.add(row, name, "failed");
    process.stderr.write(`bench: ${rows[0]} of ${name}: ${(error as Error).message}\n`);
    return undefined;
  }
}

/**
 * Runs `work` with one running kernel of each kind that starts and takes `prepare`, and ends them whatever happens; the
 * others have their failure in `rows`.
 */
export async function withSessions(
  { peers, results, rows }: { peers: readonly Peer[]; results: Results; rows: readonly string[] },
  prepare: (session: Session) => Promise<unknown>,
  work: (sessions: Session[]) => Promise<void>,
): Promise<void> {
  const started: Session[] = [];
  const ready: Session[] = [];
  try {
    await forEach(peers, results, rows, async peer => {
      const session = await Session.ready(peer);
      started.push(session);
      await prepare(session);
      ready.push(session);
    });
    await work(ready);
  } finally {
    for (const session of started) await session.stop();
  }
}

/** Runs `work` with a running kernel, and ends it whatever happens. */
export async function withSession(peer: Peer, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await Session.ready(peer);
  try {
    await work(session);
  } finally {
    await session.stop();
  }
}

/** The two rows of a latency. */
export function latencyRows(row: string): [string, string] {
  return [`${row}.p50`, `${row}.p95`];
}

/** Adds the middle and the tail of one round's latencies. */
export function addLatencies(results: Results, row: string, kernel: string, latencies: readonly number[]): void {
  const [middle, tail] = latencyRows(row);
  results.add(middle, kernel, percentile(latencies, 0.5));
  results.add(tail, kernel, percentile(latencies, 0.95));
}
