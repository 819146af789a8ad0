import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/**
 * Below the ports that systems hand out by themselves (from 32768 on Linux, 49152 elsewhere), for two reasons. Nobody is given
 * one of these between our look and the kernel's start. And our client, which tries to connect until the kernel listens, is never
 * connected to itself: where the system may take the port that is called as the port that calls, TCP does that, and then
 * the kernel finds its port taken, or is never heard (2 of 160 starts).
 */
const [LOWEST, HIGHEST] = [10_000, 32_767];
const MOST_TRIES = 100;

/** `count` different ports of 127.0.0.1 on which nobody listens now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let tries = 0; servers.length < count; tries++) {
      // The last tries take what the system gives.
      const server = await listening(tries < MOST_TRIES ? randomInt(LOWEST, HIGHEST + 1) : 0);
      if (server !== undefined) servers.push(server);
      else if (tries > 2 * MOST_TRIES) throw new Error(`No ${count} ports of 127.0.0.1 are free.`);
    }
    return servers.map(server => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  }
}

/** Undefined where somebody has this port. */
function listening(port: number): Promise<Server | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
