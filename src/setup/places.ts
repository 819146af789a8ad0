import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Where everything of one installation lies. */
export interface Places {
  readonly root: string;
  /** Shared by every clone of this user. */
  readonly cache: string;
  readonly venv: string;
  readonly requirements: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function placesOf(root: string, environment: Environment = process.env): Places {
  return {
    root,
    cache: cacheFolder(environment),
    venv: join(root, ".venv"),
    requirements: join(root, "scripts", "requirements.txt"),
  };
}

function cacheFolder(environment: Environment): string {
  if (environment.LATENT_CACHE) return environment.LATENT_CACHE;
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, "latent");
  return join(homedir(), ".cache", "latent");
}

export function venvPython(places: Places): string {
  return join(places.venv, "bin", "python");
}

/** The folder of an installed npm package, wherever npm has hoisted it. */
export function packageFolder(places: Places, name: string): string {
  return dirname(createRequire(join(places.root, "package.json")).resolve(`${name}/package.json`));
}
