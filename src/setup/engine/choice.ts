import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "../places.ts";
import { writeAtomically } from "../temporary.ts";

/** Why a route was not taken. */
export interface Refusal {
  readonly route: string;
  readonly problem: string;
  readonly remedy?: string;
  /** The last words of the program that failed. */
  readonly detail?: string;
  /** Whether it is what the machine lacks, what failed this time, or an engine that does not load here. */
  readonly kind: "obstacle" | "failure" | "unfit";
  /** Of the recipe that is unfit. */
  readonly key?: string;
}

/** That set-up chose WebAssembly for this clone, and why not each of the native routes. */
export interface Choice {
  readonly engine: "wasm";
  readonly refusals: readonly Refusal[];
}

const pathOf = (places: Places): string => join(places.root, ".latent", "engine.json");

export async function readChoice(places: Places): Promise<Choice | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(places), "utf8")) as Choice;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export async function recordWasm(places: Places, refusals: readonly Refusal[]): Promise<void> {
  const choice: Choice = { engine: "wasm", refusals };
  await writeAtomically(pathOf(places), `${JSON.stringify(choice, undefined, 2)}\n`);
}

export async function forgetChoice(places: Places): Promise<void> {
  await rm(pathOf(places), { force: true });
}

/** Of a machine that no route knows. */
const ELSEWHERE = "Native TensorFlow runs on Linux (x64, arm64), on macOS, and on Windows through WSL.";

/** What to tell: the most preferred route that somebody can do something for. */
export function mainRefusal(refusals: readonly Refusal[]): { problem: string; remedy: string; detail?: string } {
  const main = refusals.find(refusal => refusal.remedy !== undefined) ?? refusals[0];
  return { problem: "There is no native engine.", remedy: ELSEWHERE, ...main };
}

export function wasmSentence(refusals: readonly Refusal[]): string {
  const { problem, remedy } = mainRefusal(refusals);
  return `The course computes in WebAssembly here, slower than in native TensorFlow. ${problem} ${remedy}`;
}
