import { processorTime, totalRss } from "../processes.ts";
import type { Results } from "../results.ts";
import { executeContent, Session } from "../session.ts";
import { pause, within } from "../within.ts";
import { forEach, type Measure } from "./measure.ts";

const LIMIT_MS = 60_000;
/** By then a kernel has loaded what it loads behind its first answers. */
const SETTLED_MS = 2000;

/** From the launch to the first answers, and the memory after them. */
export const start: Measure = async (peers, results, { rounds }) => {
  for (let round = 0; round < rounds; round++) {
    await forEach(peers, results, ["info", "first", "startCpu", "rss"], async peer => {
      const session = await Session.launch(peer);
      try {
        const since = () => (performance.now() - session.launchedAt) / 1000;
        const answered = await within(session.client.ask("kernel_info_request", {}), LIMIT_MS);
        results.add("info", peer.name, answered ? since() : "no answer");
        const ran = await within(session.client.ask("execute_request", executeContent(peer.cells.one)), LIMIT_MS);
        results.add("first", peer.name, ran ? since() : "no answer");
        results.add("startCpu", peer.name, processorTime(session.processes()));
        await pause(SETTLED_MS);
        addMemory(results, "rss", peer.name, session);
      } finally {
        await session.stop();
      }
    });
    await forEach(peers, results, ["idleRss"], async peer => {
      const session = await Session.launch(peer);
      try {
        await within(session.client.ask("kernel_info_request", {}), LIMIT_MS);
        await pause(SETTLED_MS);
        addMemory(results, "idleRss", peer.name, session);
      } finally {
        await session.stop();
      }
    });
  }
};

/** The memory of a kernel, in all and by what its processes do. */
export function addMemory(results: Results, row: string, name: string, session: Session): void {
  const tree = session.processes();
  results.add(row, name, totalRss(tree));
  for (const { command, rss } of tree) results.add(`${row} of ${roleOf(command)}`, name, rss);
}

/** What a process of our kernel does. */
function roleOf(command: string): string {
  if (/execution\/main\.js/.test(command)) return "execution";
  return /--lsp/.test(command) ? "language" : "front";
}
