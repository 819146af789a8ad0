import { within } from "../within.ts";
import { forEach, type Measure, withSession } from "./measure.ts";

const LIMIT_MS = 5000;

/** A cell that ends its process, and one behind it. A server that starts a dead kernel anew takes seconds for that. */
export const respawn: Measure = async (peers, results, { rounds }) => {
  for (let round = 0; round < rounds; round++)
    await forEach(peers, results, ["respawn"], peer =>
      withSession(peer, async session => {
        const start = performance.now();
        session.begin(peer.cells.exit);
        const { ended } = session.begin(peer.cells.one);
        // What waits for a kernel that dies fails.
        const seconds = ended.then(
          () => (performance.now() - start) / 1000,
          () => "the kernel dies",
        );
        results.add("respawn", peer.name, (await within(seconds, LIMIT_MS)) ?? "hangs");
      }),
    );
};
