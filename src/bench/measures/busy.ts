import type { Results } from "../results.ts";
import type { Session } from "../session.ts";
import { median } from "../statistics.ts";
import { pause, within } from "../within.ts";
import { addLatencies, forEach, latencyRows, type Measure, withSession } from "./measure.ts";

/** Longer than this is no answer. */
const PATIENCE_MS = 2000;
const ASKED = 20;
const RUNNING_MS = 400;
const WHILE_LOOPING = ["heartbeat", "control", ...latencyRows("busyComplete"), "stopLoop"];

/** What a kernel still does while a cell loops, and how it stops one. */
export const busy: Measure = async (peers, results, { rounds }) => {
  for (let round = 0; round < Math.min(3, rounds); round++) {
    await forEach(peers, results, WHILE_LOOPING, peer =>
      withSession(peer, async session => {
        await session.run(peer.cells.members);
        // As warm as in the row of completion without a loop.
        for (let n = 0; n < ASKED; n++) await session.complete(peer.cells.completion(n), PATIENCE_MS);
        const { ended } = session.begin(peer.cells.loop);
        await pause(RUNNING_MS);
        await whileLooping(session, results);
        results.add("stopLoop", peer.name, (await stop(session, ended)) ?? "never");
      }),
    );
    await forEach(peers, results, ["stopAwait"], peer =>
      withSession(peer, async session => {
        if (peer.cells.awaitForever === undefined) return results.add("stopAwait", peer.name, "no `await`");
        const { ended } = session.begin(peer.cells.awaitForever);
        await pause(RUNNING_MS);
        results.add("stopAwait", peer.name, (await stop(session, ended)) ?? "never");
      }),
    );
  }
};

async function whileLooping(session: Session, results: Results): Promise<void> {
  const { name, cells } = session.peer;
  const heartbeats = await repeated(() => within(session.client.heartbeat(), PATIENCE_MS));
  results.add("heartbeat", name, heartbeats ? median(heartbeats) : "no answer");
  const controls = await repeated(() => session.ask("kernel_info_request", {}, "control", PATIENCE_MS));
  results.add("control", name, controls ? median(controls) : "no answer");
  const completions = await repeated(n => session.complete(cells.completion(ASKED + n), PATIENCE_MS));
  if (completions) addLatencies(results, "busyComplete", name, completions);
  else for (const row of latencyRows("busyComplete")) results.add(row, name, "no answer");
}

/** Undefined as soon as one answer does not come. */
async function repeated(once: (n: number) => Promise<number | undefined>): Promise<number[] | undefined> {
  const taken: number[] = [];
  for (let n = 0; n < ASKED; n++) {
    const ms = await once(n);
    if (ms === undefined) return undefined;
    taken.push(ms);
  }
  return taken;
}

/** Milliseconds from the interrupt to the end of the cell. */
async function stop(session: Session, ended: Promise<unknown>): Promise<number | undefined> {
  const start = performance.now();
  void session.client.ask("interrupt_request", {}, "control");
  const stopped = await within(
    ended.then(() => performance.now() - start),
    PATIENCE_MS * 2,
  );
  return stopped;
}
