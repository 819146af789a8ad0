import { fileURLToPath } from "node:url";
import { type Places, placesOf } from "../setup/index.ts";

/** The installation that this program belongs to: dist/cli lies two folders below its root. */
export function ownPlaces(): Places {
  return placesOf(fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, ""));
}
