import { OURS } from "./peers/index.ts";
import type { Absent, Peer } from "./peers/peer.ts";
import type { Results } from "./results.ts";
import { OWN_ROWS, ROWS } from "./rows.ts";
import { median, written } from "./statistics.ts";
import { shortfalls, table } from "./table.ts";

export interface Run {
  peers: readonly Peer[];
  absent: readonly Absent[];
  results: Results;
  machine: string;
  load: string;
  rounds: number;
}

const ROLES = ["front", "execution", "language"] as const;

/** The page docs/benchmarks/kernel.md. */
export function page({ peers, absent, results, machine, load, rounds }: Run): string {
  const versions = peers.map(({ name, version }) => `${name} ${version}`).join(", ");
  const own = peers.filter(({ name }) => name === OURS);
  return [
    "# Kernels: start, cells, completion, output",
    `Written by \`npm run bench kernel\`. Kernels take turns within every row, ${rounds} rounds of each; a figure is the middle of the
rounds, with their range and the ratio to ipykernel. p50 and p95 are taken within a round. Memory is resident memory, so what
processes share counts in each. "While a cell loops" is \`while (true) {}\` on the kernel's main thread.`,
    `The client's sockets are connected before the kernel is started and try again every 2 ms. ZeroMQ's own default, which Jupyter
uses, is 100 ms: there a start is seen up to 100 ms later, with any kernel.`,
    `Machine: ${machine}; load ${load} while this ran, so read the ratios.\nVersions: ${versions}, Node ${process.versions.node}.`,
    table(ROWS, peers, absent, results).trimEnd(),
    ...absent.map(({ name, reason }) => `${name} was not run: ${reason}.`),
    "## What only our kernel does",
    table(OWN_ROWS, own, [], results).trimEnd(),
    memory(results),
    "## Short of what is asked",
    missed(results),
    "",
  ].join("\n\n");
}

function memory(results: Results): string {
  const split = (row: string) =>
    ROLES.map(role => ({ role, rss: median(results.numbers(`${row} of ${role}`, OURS)) }))
      .filter(({ rss }) => !Number.isNaN(rss))
      .map(({ role, rss }) => `${role} ${written(rss)}`)
      .join(", ");
  const states = { idle: "idleRss", "after the first cell": "rss", "with the types of TensorFlow.js": "tfjsRss" };
  const parts = Object.entries(states).map(([state, row]) => `${state} ${split(row)}`);
  return `Memory by process, MB: ${parts.join("; ")}.`;
}

function missed(results: Results): string {
  const short = shortfalls([...ROWS, ...OWN_ROWS], OURS, results);
  if (short.length === 0) return "Nothing in this run.";
  return short
    .map(
      ({ row: { title, unit, asked }, measured }) => `- ${title}: ${written(measured)} ${unit}, asked ${asked?.limit}`,
    )
    .join("\n");
}
