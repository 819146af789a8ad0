import { deno } from "./deno.ts";
import { ijavascript } from "./ijavascript.ts";
import { ipykernel } from "./ipykernel.ts";
import { ours } from "./ours.ts";
import type { Absent, Peer, Source } from "./peer.ts";
import { tslab } from "./tslab.ts";

export { OURS } from "./ours.ts";
export type { Absent, Peer } from "./peer.ts";

/** In the order of the table; ratios refer to the first. */
const SOURCES: readonly Source[] = [ipykernel, ours, deno, tslab, ijavascript];

/** Makes every kernel ready that can be had; the others say why not. */
export async function preparePeers(
  cache: string,
  wanted: (name: string) => boolean,
): Promise<{ peers: Peer[]; absent: Absent[] }> {
  const peers: Peer[] = [];
  const absent: Absent[] = [];
  for (const { name, prepare } of SOURCES.filter(each => wanted(each.name))) {
    try {
      peers.push({ name, ...(await prepare(cache)) });
    } catch (error) {
      absent.push({ name, reason: (error as Error).message });
    }
  }
  return { peers, absent };
}
