// Which state of the course an archive was made of, and for which machine.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root.mjs";
import { ArchiveFailure } from "./failure.mjs";

/** What is fetched from a network is written in these files. */
const FILES = ["package-lock.json", "scripts/requirements.txt", "src/setup/engine/wheels.ts"];

export const ownPlatform = `${process.platform}-${process.arch}`;

export function courseHash(folder = root) {
  const hash = createHash("sha256");
  for (const name of FILES) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** Refuses an archive for another machine or of another state of the course. */
export function fitsHere(name, course = courseHash(), platform = ownPlatform) {
  return manifest => {
    if (manifest.platform !== platform) {
      throw new ArchiveFailure(
        `${name} is for ${manifest.platform} and this machine is ${platform}: take the one that has ${platform} in its name.`,
      );
    }
    if (manifest.course !== course) {
      throw new ArchiveFailure(
        `${name} belongs to another state of the course (commit ${manifest.commit}): update this clone from the git bundle that lies beside it, or ask for a new archive.`,
      );
    }
  };
}
