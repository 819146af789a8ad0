// The engine of this machine for others of its kind.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { root } from "../root.mjs";

/** The engine as the manifest describes it, and its files. */
export async function collectEngine(folder) {
  const { ownEngine, placesOf } = await import("../../dist/setup/index.js");
  await mkdir(folder, { recursive: true });
  const { key, addon, libraries } = await ownEngine(placesOf(root));
  const files = [{ name: "engine/tfjs_binding.node", path: addon }];
  const members = {};
  for (const [name, library] of Object.entries(libraries)) {
    const path = join(folder, `${name}.gz`);
    await pack(library, path);
    files.push({ name: `engine/${name}.gz`, path });
    members[name] = `engine/${name}.gz`;
  }
  return { engine: { key, addon: "engine/tfjs_binding.node", libraries: members }, files };
}

async function pack(library, path) {
  await pipeline(createReadStream(library), createGzip({ level: 6 }), createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
}
