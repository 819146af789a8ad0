import { createRequire } from "node:module";
import { names } from "../../latent/data/names.ts";
import { penguins } from "../../latent/data/penguins.ts";

export type Library = typeof import("../../latent/index.ts");

const require = createRequire(import.meta.url);
/** The names of the library that stand for a group of others. */
const GROUPS = new Set<string>([
  "tf",
  "data",
  "exercise",
  "linalg",
  "models",
  "plot",
  "train",
  "widgets",
  "explore",
  "classical",
] satisfies (keyof Library)[]);

let library: Library | undefined;

/** The library where it is loaded, else undefined: then no value of the student's can be a tensor. */
export function loadedLibrary(): Library | undefined {
  return library;
}

export function loadLibrary(): Library {
  library ??= require("../../latent/index.js") as Library;
  return library;
}

/**
 * What `import … from "latent"` gives in a cell. The library and TensorFlow take half a second of computing time, and most answers
 * in plain numbers need neither, so they are loaded when something of them is used: a type, a comment and an import use nothing.
 */
export const lazyLibrary: unknown = lazy(loadLibrary, name => (GROUPS.has(name) ? group(name) : undefined));

/** Of `data`, the loaders that need no engine. */
const PLAIN = new Map<string, unknown>(Object.entries({ names, penguins }));
const groups = new Map<string, object>();

function group(name: string): object {
  const made =
    groups.get(name) ??
    lazy(
      () => loadLibrary()[name as keyof Library] as object,
      member => (name === "data" ? PLAIN.get(member) : undefined),
    );
  groups.set(name, made);
  return made;
}

/** Stands for an object that is made when something else than what `known` knows is asked of it. */
function lazy(load: () => object, known: (name: string) => unknown = () => undefined): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "then") return undefined; // what is awaited is asked for it
        return (typeof name === "string" ? known(name) : undefined) ?? Reflect.get(load(), name);
      },
      set: (_, name, value) => Reflect.set(load(), name, value),
      has: (_, name) => Reflect.has(load(), name),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor(_, name) {
        const found = Reflect.getOwnPropertyDescriptor(load(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}
