import { processorTime, totalRss } from "../processes.ts";
import { executeContent, Session } from "../session.ts";
import { pause, within } from "../within.ts";
import { forEach, type Measure } from "./measure.ts";

const LIMIT_MS = 60_000;
/** By then a kernel has loaded what it loads behind its first answers. */
const SETTLED_MS = 2000;

/** From the launch to the first answers, and the memory after them. */
export const start: Measure = async (peers, results, { rounds }) => {
  for (let round = 0; round < rounds; round++)
    await forEach(peers, results, "info", async peer => {
      const session = await Session.launch(peer);
      try {
        const since = () => (performance.now() - session.launchedAt) / 1000;
        const answered = await within(session.client.ask("kernel_info_request", {}), LIMIT_MS);
        results.add("info", peer.name, answered ? since() : "no answer");
        await within(session.client.ask("execute_request", executeContent(peer.cells.one)), LIMIT_MS);
        results.add("first", peer.name, since());
        results.add("startCpu", peer.name, processorTime(session.processes()));
        await pause(SETTLED_MS);
        const tree = session.processes();
        results.add("rss", peer.name, totalRss(tree));
        for (const { command, rss } of tree) results.add(`rss of ${roleOf(command)}`, peer.name, rss);
      } finally {
        await session.stop();
      }
    });
};

/** What a process of our kernel does. */
export function roleOf(command: string): string {
  if (/execution\/main\.js/.test(command)) return "execution";
  return /--lsp/.test(command) ? "language" : "front";
}
