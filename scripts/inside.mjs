// Paths that an archive names: they may lead into one folder and nowhere else.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { BootstrapFailure } from "./failure.mjs";

/**
 * The path of `name`, which has `/` between its parts, inside `folder`.
 *
 * @throws BootstrapFailure where it would lead out of it on any system: by `..`, from a root or a drive, with a
 * backslash or a NUL, or through a link that lies there
 */
export function insideOrThrow(folder, name) {
  const parts = typeof name === "string" ? name.split("/") : [""];
  if (parts.some(part => ["", ".", ".."].includes(part) || /[\\:\0]/.test(part))) throw outside(folder, name);
  const path = join(folder, ...parts);
  if (!existsSync(folder)) return path;
  const real = realpathSync(folder);
  const parent = realpathSync(existing(dirname(path)));
  if (parent !== real && !parent.startsWith(real.endsWith(sep) ? real : real + sep)) throw outside(folder, name);
  return path;
}

/** The deepest folder on the way to `path` that is there. */
function existing(path) {
  return existsSync(path) ? path : existing(dirname(path));
}

function outside(folder, name) {
  return new BootstrapFailure(
    `The archive names ${JSON.stringify(name)}, which does not lie inside ${folder}: take an archive from the lecturer again.`,
  );
}
