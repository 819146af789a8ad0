import type { Sockets } from "./sockets.ts";

/** Sends back whatever arrives. The front process runs no user code, so this answers while a cell loops. */
export async function beat({ hb }: Sockets): Promise<void> {
  for await (const frames of hb) await hb.send(frames);
}
