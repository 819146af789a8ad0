import type { Hash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lastLines } from "../command.ts";
import { SetupFailure } from "../failure.ts";
import type { Places } from "../places.ts";
import { type Compilation, compileAddon } from "./compile.ts";

const folder = (places: Places): string => join(places.root, "src", "native");

/** Stands in the engine's folder where the addon has no operations of ours, and says why. */
const REASON = "without-operations.txt";

/** The source of the operations that Latent adds to TensorFlow; it includes the other files of its folder. */
export function operationsSource(places: Places): string {
  return join(folder(places), "latent_ops.cc");
}

/** What every source of the addon is compiled with. */
export function prelude(places: Places): string {
  return join(folder(places), "prelude.h");
}

/** Lets the key of an engine change with the operations in it. */
export async function hashOperations(places: Places, hash: Hash): Promise<void> {
  for (const name of (await readdir(folder(places))).sort()) {
    if (/\.(cc|h|inc)$/.test(name)) hash.update(name).update(await readFile(join(folder(places), name)));
  }
}

/** The addon of `work`, and whether it loads. */
export interface AddonBuild {
  readonly work: Compilation & { readonly operations: string };
  /** The engine's folder. */
  readonly engine: string;
  /** @throws SetupFailure where the addon does not load */
  requireLoads(): Promise<void>;
  readonly signal: AbortSignal;
}

/** Compiles the addon with our operations, or where that one does not compile or load without them: all works then too. */
export async function buildAddon({ work, engine, requireLoads, signal }: AddonBuild): Promise<void> {
  try {
    await compileAddon(work, signal);
    await requireLoads();
  } catch (error) {
    if (signal.aborted || !(error instanceof SetupFailure)) throw error;
    const { operations: _, ...plain } = work;
    await compileAddon(plain, signal);
    const said = error.cause instanceof Error ? `\n${lastLines(error.cause.message, 20)}` : "";
    await writeFile(join(engine, REASON), `${error.message}${said}\n`);
  }
}

/** The file that says why the engine in `engine` has no operations of ours. */
export function reasonWithoutOperations(engine: string): string {
  return join(engine, REASON);
}
