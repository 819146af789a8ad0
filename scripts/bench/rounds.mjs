import { Peer } from "./peer.mjs";

/** Seconds that one row runs in one round. */
const ROUND_SECONDS = 0.6;
/** The `fit` of Keras and tfjs has to start anew in each round; that start is spread over at least this many steps. */
const FIT_STEPS = 40;

/** The rows of a family, each in a process of its own, taking turns: what the machine does besides hits all alike. */
export async function measureFamily(family, size, rows, rounds, log) {
  const running = [];
  const results = [];
  for (const row of rows) {
    const peer = new Peer(row.engine);
    const { error, seconds } = row.missing
      ? { error: row.missing }
      : await peer.ask({ prepare: row.row, family, size });
    log(`${family}: ${row.label}: ${error ?? `first step after ${seconds.toFixed(1)} s`}`);
    results.push(error ? { ...row, error } : { ...row, seconds, rounds: [] });
    if (error) peer.close();
    else running.push({ peer, result: results.at(-1), steps: await calibrate(peer, row) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { peer, result, steps } of running) {
      const { wall, cpu, error } = await peer.ask({ run: steps });
      if (error) result.error = error;
      else result.rounds.push({ wall: (wall / steps) * 1000, cpu: (cpu / steps) * 1000 });
    }
  }
  for (const { peer } of running) peer.close();
  return results.map(summed);
}

async function calibrate(peer, { row, ...own }) {
  const fits = row.endsWith("fit");
  const { trial = fits ? FIT_STEPS : 5, least = fits ? FIT_STEPS : 3 } = own;
  await peer.ask({ run: trial });
  const { wall = 1 } = await peer.ask({ run: trial });
  return Math.max(least, Math.round((ROUND_SECONDS / wall) * trial));
}

function summed({ rounds = [], ...row }) {
  if (row.error || rounds.length === 0) return row;
  return { ...row, wall: median(rounds.map(({ wall }) => wall)), cpu: median(rounds.map(({ cpu }) => cpu)) };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
