import { writeSync } from "node:fs";
import { encodeFrame } from "../frames.ts";
import { type EventMessage, FD } from "../messages.ts";

/**
 * Tells the front process something. The write blocks until the pipe took it all: what a cell prints in a loop is
 * seen while the loop runs, output cannot pile up in memory, and an interrupt cannot cut a frame in two.
 */
export function tell(message: EventMessage, buffers: readonly Uint8Array[] = []): void {
  writeFully(FD.events, encodeFrame({ ...message }, buffers));
}

function writeFully(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
