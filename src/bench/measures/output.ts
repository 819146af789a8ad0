import type { Results } from "../results.ts";
import { pause } from "../within.ts";
import { forEach, type Measure, withSession } from "./measure.ts";
import { RawOutput, type Received } from "./raw_output.ts";

const MEGABYTES = 10_000 * 1024;
const LINES = Array.from({ length: 100_000 }, (_, n) => `${n}\n`).join("");
/** A subscription takes its time to reach the kernel, and an old kernel does not say that it did. */
const SUBSCRIBED_MS = 300;

/** Two floods: as many bytes, and as many lines, as a cell can write. */
export const output: Measure = async (peers, results, { rounds }) => {
  for (let round = 0; round < rounds; round++)
    await forEach(peers, results, ["output", "lines", "lineMessages"], peer =>
      withSession(peer, async session => {
        // The session's own client would decode all of it too.
        session.client.close();
        const raw = new RawOutput(session.client.connection);
        try {
          await pause(SUBSCRIBED_MS);
          addBytes(results, peer.name, await raw.receive(peer.cells.output, MEGABYTES));
          await pause(SUBSCRIBED_MS);
          addLines(results, peer.name, await raw.receive(peer.cells.lines, LINES.length));
        } finally {
          raw.close();
        }
      }),
    );
};

function addBytes(results: Results, name: string, received: Received): void {
  const text = received.text.join("");
  const whole = text.length === MEGABYTES;
  results.add("output", name, whole ? MEGABYTES / 1e6 / received.seconds : lost(text.length / MEGABYTES));
  if (received.idle !== "last") results.add("output", name, `idle ${received.idle}`);
}

function addLines(results: Results, name: string, received: Received): void {
  const text = received.text.join("");
  results.add("lines", name, text === LINES ? received.seconds : lost(text.length / LINES.length));
  results.add("lineMessages", name, received.messages);
  if (received.idle !== "last") results.add("lines", name, `idle ${received.idle}`);
}

function lost(share: number): string {
  return share === 1 ? "out of order" : `${((1 - share) * 100).toFixed(0)} % lost`;
}
