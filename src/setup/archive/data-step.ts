import { stat } from "node:fs/promises";
import { join } from "node:path";
import { insideOrThrow } from "../../../scripts/inside.mjs";
import type { Places } from "../places.ts";
import type { Step } from "../step.ts";
import type { Offer, OfferedData } from "./offer.ts";

/** The archive's data sets, put where a loader looks for what it fetched before. */
export function dataStep(offer: Offer): Step {
  return {
    name: "data",
    isDone: async ({ places }) => (await missing(offer, places)).length === 0,
    run: async ({ places, signal }) => {
      for (const { member, path } of await missing(offer, places)) {
        await offer.extract(member, targetOf(places, path), { signal });
      }
      return undefined;
    },
  };
}

// The loaders check every sum again when they read, so the size is enough here.
async function missing(offer: Offer, places: Places): Promise<OfferedData[]> {
  const found: OfferedData[] = [];
  for (const each of offer.data) {
    if ((await sizeOf(targetOf(places, each.path))) !== each.bytes) found.push(each);
  }
  return found;
}

function targetOf(places: Places, path: string): string {
  return insideOrThrow(join(places.cache, "data"), path);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    found => found.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    },
  );
}
