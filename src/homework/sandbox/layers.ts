import { spawnSync } from "node:child_process";
import { seccompFilter } from "./seccomp.ts";

/** What keeps student code in: each is used where the system offers it. */
export interface Layers {
  /** Spaces of its own for files, processes, network: bubblewrap. */
  bubblewrap: boolean;
  /** A user without rights; only root can give one. */
  user: boolean;
  /** Limits of memory, threads and file sizes: prlimit. */
  limits: boolean;
  /** A filter of system calls: no process, no socket. */
  seccomp: boolean;
}

export const NO_LAYERS: Layers = { bubblewrap: false, user: false, limits: false, seccomp: false };

let known: Layers | undefined;

/** The layers of this machine, each tried once. */
export function availableLayers(): Layers {
  known ??= tryLayers();
  return known;
}

function tryLayers(): Layers {
  if (process.platform !== "linux") return NO_LAYERS;
  const isRoot = process.getuid?.() === 0;
  const spaces = ["--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "--proc", "/proc"];
  // Root needs no user space, and has a user to give away only without one.
  const user =
    isRoot && works("bwrap", ...spaces, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true");
  const bubblewrap = user || works("bwrap", "--unshare-user", ...spaces, "true");
  const limits = works("prlimit", "--nofile=256", "true");
  return { bubblewrap, user, limits, seccomp: bubblewrap && seccompFilter() !== undefined };
}

function works(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore", timeout: 10_000 }).status === 0;
}

/** Whether student code can be kept from files, network and memory that are not its own. */
export function isIsolated({ bubblewrap, limits, seccomp }: Layers): boolean {
  return bubblewrap && limits && seccomp;
}

/** The layers in words, as reports say them. */
export function inWords(layers: Layers): string {
  const names: Record<keyof Layers, string> = {
    bubblewrap: "bubblewrap",
    user: "a user of its own",
    limits: "resource limits",
    seccomp: "a filter of system calls",
  };
  const active = (Object.keys(names) as (keyof Layers)[]).filter(layer => layers[layer]).map(layer => names[layer]);
  return active.length === 0 ? "none: NOT ISOLATED" : active.join(", ");
}
