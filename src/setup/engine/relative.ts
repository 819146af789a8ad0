import { copyFile, cp, link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "../places.ts";
import { wholeEngines } from "./cache.ts";
import type { Wheel } from "./wheels.ts";

/** The headers of TensorFlow's C API, and the few outside of it that they include. */
const C_HEADERS = /(^|\/)(c|platform)\/.*\.h$/;

/** The folder in which an engine keeps the headers that it was compiled with. */
const folderOf = (wheel: Wheel): string => `headers-${wheel.sha256.slice(0, 12)}`;

/**
 * An engine in the cache that was made of the same wheel: when only the addon's sources have changed, the next one takes
 * libraries and headers from it, and nothing is downloaded.
 */
export async function relativeOf(places: Places, wheel: Wheel): Promise<string | undefined> {
  for (const engine of await wholeEngines(places)) {
    if ((await readdir(engine)).includes(folderOf(wheel))) return engine;
  }
  return undefined;
}

/** Puts what the next engine will need into `engine`: 3.5 MB. `unpacked` holds `tensorflow/include`. */
export async function keepHeaders(unpacked: string, engine: string, wheel: Wheel): Promise<void> {
  const include = join("tensorflow", "include");
  const source = join(unpacked, include);
  for (const name of await readdir(source, { recursive: true })) {
    if (!C_HEADERS.test(name)) continue;
    await cp(join(source, name), join(engine, folderOf(wheel), include, name));
  }
}

/** The libraries and headers of `engine` in another engine's folder; returns the libraries and where the headers are. */
export async function takeOver(
  engine: string,
  folder: string,
  linked: string,
  wheel: Wheel,
): Promise<{ libraries: string[]; headers: string }> {
  await mkdir(join(folder, linked));
  const libraries = (await readdir(join(engine, linked))).map(name => join(linked, name));
  for (const library of libraries) await linkOrCopy(join(engine, library), join(folder, library));
  const headers = join(folder, folderOf(wheel));
  await cp(join(engine, folderOf(wheel)), headers, { recursive: true });
  return { libraries, headers };
}

/** A second name costs no disk; not every disk has them. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    await copyFile(from, to);
  }
}
