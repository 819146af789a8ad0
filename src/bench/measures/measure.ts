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

/** Runs `work` for every kernel; one that fails has that written in `row`, and the others go on. */
export async function forEach(
  peers: readonly Peer[],
  results: Results,
  row: string,
  work: (peer: Peer) => Promise<void>,
): Promise<void> {
  for (const peer of peers) {
    try {
      await work(peer);
    } catch (error) {
      results.add(row, peer.name, "failed");
      process.stderr.write(`bench: ${row} of ${peer.name}: ${(error as Error).message}\n`);
    }
  }
}

/** Runs `work` with one running kernel of each kind, and ends them whatever happens. */
export async function withSessions(
  peers: readonly Peer[],
  work: (sessions: Session[]) => Promise<void>,
): Promise<void> {
  const sessions: Session[] = [];
  try {
    for (const peer of peers) sessions.push(await Session.ready(peer));
    await work(sessions);
  } finally {
    for (const session of sessions) await session.stop();
  }
}

/** As `withSessions`, for one. */
export async function withSession(peer: Peer, work: (session: Session) => Promise<void>): Promise<void> {
  await withSessions([peer], async ([session]) => session && work(session));
}

/** Adds the middle and the tail of one round's latencies. */
export function addLatencies(results: Results, row: string, kernel: string, latencies: readonly number[]): void {
  results.add(`${row}.p50`, kernel, percentile(latencies, 0.5));
  results.add(`${row}.p95`, kernel, percentile(latencies, 0.95));
}
