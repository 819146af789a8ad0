import { homedir } from "node:os";
import { join } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where data sets are kept once fetched: `$LATENT_CACHE/data`, `$XDG_CACHE_HOME/latent/data` or `~/.cache/latent/data`. */
export function cacheFolder(env: Environment = process.env): string {
  return join(env.LATENT_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "latent"), "data");
}

/** The folder that the user offers, `$LATENT_DATA`; undefined where the variable is not set or empty. */
export function offeredFolder(env: Environment = process.env): string | undefined {
  return env.LATENT_DATA || undefined;
}
