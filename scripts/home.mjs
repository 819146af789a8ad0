// A home folder that cannot be written: a container with a foreign user, a locked-down laboratory.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { BootstrapFailure } from "./failure.mjs";

/** Where npm, Jupyter and this project write in a home folder. */
const WRITTEN = [".npm", ".cache", join(".local", "share"), ".jupyter"];

/** What else is told where to write, below $LATENT_CACHE. */
const BELOW_CACHE = {
  npm_config_cache: "npm",
  IPYTHONDIR: "ipython",
  JUPYTER_CONFIG_DIR: join("jupyter", "config"),
  JUPYTER_DATA_DIR: join("jupyter", "data"),
  JUPYTER_RUNTIME_DIR: join("jupyter", "runtime"),
};

/**
 * Turns what would be written into the home folder to $LATENT_CACHE, where the home folder cannot be written.
 *
 * @throws BootstrapFailure where no such folder is named
 */
export function doWithoutHome(env = process.env, home = homedir()) {
  if (WRITTEN.every(name => canWrite(join(home, name)))) return;
  if (!env.LATENT_CACHE) {
    throw new BootstrapFailure(
      `The home folder ${home} cannot be written: set LATENT_CACHE to a folder that can be, with 2 GB free, and run the command again.`,
    );
  }
  if (!canWrite(env.LATENT_CACHE)) {
    throw new BootstrapFailure(
      `LATENT_CACHE names ${env.LATENT_CACHE}, which cannot be written: name a folder that can be, and run the command again.`,
    );
  }
  for (const [name, folder] of Object.entries(BELOW_CACHE)) {
    // npm names its own cache to whatever it starts, also the one that it cannot write.
    if (!env[name] || !canWrite(env[name])) env[name] = join(env.LATENT_CACHE, folder);
  }
}

/** Whether a folder can be written, or made where it is missing. */
export function canWrite(folder) {
  const parent = dirname(folder);
  if (!existsSync(folder)) return parent !== folder && canWrite(parent);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
