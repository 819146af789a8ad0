import { existsSync } from "node:fs";
import { join } from "node:path";
import { binarizedMnistSet } from "./sets/binarized.ts";
import { ecg5000Set } from "./sets/ecg5000.ts";
import { includedFiles } from "./sets/included.ts";
import { fashionMnistSet, mnistSet } from "./sets/mnist.ts";
import { thyroidSet } from "./sets/thyroid.ts";
import { cacheFolder, type Environment, offeredFolder } from "./stored/folders.ts";
import { isIncluded } from "./stored/included.ts";
import type { DataFile, DataSet } from "./stored/packing.ts";

/** Where a data set would come from, if a lesson asked for it now. */
export interface Whereabouts {
  readonly title: string;
  readonly place: Place;
}

/**
 * `library`: comes with it. Then in the order in which a loader looks; `drawn` stands in for a set that cannot be had,
 * `nowhere` where nothing does.
 */
export const PLACES = ["library", "offered", "cache", "own mirror", "mirrors", "drawn", "nowhere"] as const;
export type Place = (typeof PLACES)[number];

/** The sets that do not come with the library, and whether something is drawn where one cannot be had. */
const sets: readonly { readonly set: DataSet; readonly drawn: boolean }[] = [
  { set: mnistSet, drawn: true },
  { set: fashionMnistSet, drawn: false },
  { set: binarizedMnistSet, drawn: false },
  { set: ecg5000Set, drawn: false },
  { set: thyroidSet, drawn: false },
];

/** Looks for every set; asks `$LATENT_MIRROR` whether it has what is missing, and no other address. */
export async function whereabouts(env: Environment = process.env): Promise<Whereabouts[]> {
  const included = includedFiles.map(file => ({ title: file.title, place: ofIncluded(isIncluded(file)) }));
  const others = await Promise.all(
    sets.map(async ({ set, drawn }) => ({ title: set.title, place: (await placeOf(set, env)) ?? instead(drawn) })),
  );
  return [...included, ...others];
}

function ofIncluded(there: boolean): Place {
  return there ? "library" : "nowhere";
}

function instead(drawn: boolean): Place {
  return drawn ? "drawn" : "nowhere";
}

async function placeOf(set: DataSet, env: Environment): Promise<Place | undefined> {
  const files = Object.values(set.files);
  const offered = offeredFolder(env);
  const missing = files.filter(file => offered === undefined || !isIn(join(offered, set.folder), file));
  if (missing.length === 0) return "offered";
  const absent = missing.find(file => !isIn(join(cacheFolder(env), set.folder), file));
  if (absent === undefined) return "cache";
  if (env.LATENT_OFFLINE === "1") return undefined;
  if (env.LATENT_MIRROR && (await isAt(env.LATENT_MIRROR, set, absent))) return "own mirror";
  return missing.every(file => file.packings.some(({ addresses }) => addresses.length > 0)) ? "mirrors" : undefined;
}

function isIn(folder: string, file: DataFile): boolean {
  return file.packings.some(({ name }) => existsSync(join(folder, name)));
}

const PATIENCE_MS = 3000;

async function isAt(mirror: string, set: DataSet, file: DataFile): Promise<boolean> {
  for (const { name } of file.packings) {
    const address = `${mirror.replace(/\/$/, "")}/${set.folder}/${name}`;
    const answer = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
      () => undefined, // a mirror that cannot be reached has nothing for us
    );
    if (answer?.ok) return true;
  }
  return false;
}
