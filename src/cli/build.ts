import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The rooms that the files in `joined/` are made of. */
const ROOMS = ["protocol", "interpreter", "typescript", "kernel", "cli", "explorer", "page", "lab"];

/** The file in `joined/` that says of which build it was made. */
export const STAMP = "build";

/** Which build `dist/` holds: TypeScript notes there from what it made each room. */
export function buildOf(dist: string): string {
  const hash = createHash("sha256");
  for (const room of ROOMS) hash.update(readFileSync(join(dist, room, ".tsbuildinfo")));
  return hash.digest("hex");
}
