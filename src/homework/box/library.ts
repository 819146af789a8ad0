import { createRequire } from "node:module";
import { names } from "../../latent/data/names.ts";
import { penguins } from "../../latent/data/penguins.ts";

export type Library = typeof import("../../latent/index.ts");

const require = createRequire(import.meta.url);
/** The parts that an answer in plain numbers names: they wait until something is asked of them that needs the library. */
const WAITING = new Set<string>(["data", "exercise"] satisfies (keyof Library)[]);

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
 * What `import … from "latent"` gives in a cell. The library and TensorFlow take half a second of computing time, and answers in
 * plain numbers need neither, so `data` and `exercise` load them when they have to. Whoever names `tf` gets it at the import, before
 * anything of his own takes its memory.
 */
export const lazyLibrary: unknown = lazy(loadLibrary, name => (WAITING.has(name) ? part(name) : undefined));

/** Of `data`, the loaders that need no engine. */
const PLAIN = new Map<string, unknown>(Object.entries({ names, penguins }));
const parts = new Map<string, object>();

function part(name: string): object {
  const made =
    parts.get(name) ??
    lazy(
      () => loadLibrary()[name as keyof Library] as object,
      member => (name === "data" ? PLAIN.get(member) : undefined),
    );
  parts.set(name, made);
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
