/**
 * Hooks of node's module loader, in its own thread: TypeScript files are compiled when they are loaded, an import may
 * leave out the ending or write `.js` for `.ts`, and what a versioned module imports carries the same version.
 */
import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "@swc/core";
import { candidates } from "./candidates.ts";
import { isLocal, VERSION_KEY } from "./local_graph.ts";

const TYPESCRIPT = /\.[mc]?tsx?$/;

export const resolve: ResolveHook = async (specifier, context, next) => {
  const resolved = await firstThatResolves(candidates(specifier), each => next(each, context));
  const version = context.parentURL ? new URL(context.parentURL).searchParams.get(VERSION_KEY) : null;
  if (version === null || !isLocal(resolved.url)) return resolved;
  const url = new URL(resolved.url);
  url.searchParams.set(VERSION_KEY, version);
  return { ...resolved, url: url.href };
};

export const load: LoadHook = async (url, context, next) => {
  const path = url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/, "")) : "";
  if (!TYPESCRIPT.test(path)) return next(url, context);
  const { code } = transformSync(await readFile(path, "utf8"), {
    filename: path,
    sourceMaps: "inline",
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: "typescript", tsx: path.endsWith("x"), decorators: true }, target: "es2022" },
  });
  return { format: "module", source: code, shortCircuit: true };
};

async function firstThatResolves<T>(specifiers: string[], attempt: (specifier: string) => T | Promise<T>): Promise<T> {
  let first: unknown;
  for (const specifier of specifiers) {
    try {
      return await attempt(specifier);
    } catch (error) {
      // The plain specifier's error is the one that the author understands.
      first ??= error;
    }
  }
  throw first;
}
