import type { KernelSpec } from "../../client/index.ts";
import type { Cells } from "../cells/cells.ts";

/** A kernel that is measured. */
export interface Peer {
  name: string;
  version: string;
  cells: Cells;
  /** How to start it, with a folder of its own for what it keeps between sessions. */
  spec: (folder: string) => KernelSpec;
  /** How long it may take to start, and to answer a cell; by default two minutes and 30 s. */
  patience?: { startMs: number; cellMs: number };
}

/** A kernel that could not be had here, and why. */
export interface Absent {
  name: string;
  reason: string;
}

/** Makes a kernel ready in `cache`. Throws an error whose message is the reason where it cannot be had. */
export interface Source {
  name: string;
  prepare: (cache: string) => Promise<Omit<Peer, "name">>;
}
