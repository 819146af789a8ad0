import { mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";
import { isTooDeep } from "../cell/depth.ts";
import { findFile, isFile, namedFiles, readings } from "../local_modules.ts";
import { FILE_CHANGE, type FileChange } from "./lsp.ts";
import type { Mirror } from "./mirror.ts";

/** Data in a source file (`export default [...]`); the server reads it where it lies. */
const LARGEST_COPY = 1_000_000;

/** A file as it was when it was last looked at. */
interface Seen {
  /** Changes with each saving. */
  mark: string;
  /** What it imports, as it writes it. */
  named: string[];
}

/**
 * The author's own modules that cells import, and what those import. Each is copied into the mirror, where it finds the
 * packages that it finds when it runs. Costs a look at each of them, however many other files lie beside the notebook.
 */
export class LocalFiles {
  readonly #notebook: string;
  readonly #mirror: () => Mirror;
  readonly #imports = new Set<string>();
  #seen = new Map<string, Seen>();

  constructor(notebook: string, mirror: () => Mirror) {
    this.#notebook = notebook;
    this.#mirror = mirror;
  }

  /** Cells import these, and later cells may use what they give. */
  follow(specifiers: readonly string[]): void {
    for (const specifier of specifiers) this.#imports.add(specifier);
  }

  /** What changed on disk since the last call; the copies are new by then. */
  changes(): FileChange[] {
    const before = this.#seen;
    this.#seen = new Map();
    const found = new Set([...this.#imports].flatMap(each => filesOf(each, join(this.#notebook, "notebook.ts"))));
    const changes: FileChange[] = [];
    for (const path of found) {
      const seen = this.#look(path, before.get(path), changes);
      if (seen === undefined) continue;
      this.#seen.set(path, seen);
      for (const specifier of seen.named) for (const next of filesOf(specifier, path)) found.add(next);
    }
    for (const path of before.keys()) if (!this.#seen.has(path)) changes.push(...this.#remove(path));
    return changes;
  }

  #look(path: string, before: Seen | undefined, changes: FileChange[]): Seen | undefined {
    const stats = isFile(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (stats === undefined) return undefined;
    const real = realpathSync.native(path);
    const mark = `${stats.mtimeMs} ${stats.size} ${stats.ino} ${real}`;
    if (before?.mark === mark) return before;
    const type = before ? FILE_CHANGE.changed : FILE_CHANGE.made;
    changes.push({ path, type });
    if (stats.size > LARGEST_COPY || isOfPackage(path)) return { mark, named: [] };
    const { mirrored, cover } = this.#mirror();
    const copy = mirrored(path);
    cover(dirname(path));
    mkdirSync(dirname(copy), { recursive: true });
    // It may be a link, and what is written would go to the file behind it.
    rmSync(copy, { force: true });
    changes.push({ path: copy, type });
    if (real !== path) {
      symlinkSync(mirrored(real), copy);
      return { mark, named: [pathToFileURL(real).href] };
    }
    const { text, named } = asModule(path, readFileSync(path, "utf8"));
    writeFileSync(copy, text);
    return { mark, named };
  }

  #remove(path: string): FileChange[] {
    if (isOfPackage(path)) return [{ path, type: FILE_CHANGE.removed }];
    const copy = this.#mirror().mirrored(path);
    rmSync(copy, { force: true });
    return [path, copy].map(each => ({ path: each, type: FILE_CHANGE.removed }));
  }
}

/** The mirror's `node_modules` are links: what is written there is written into the author's own. */
function isOfPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** The file that runs, and the declarations beside it. */
function filesOf(specifier: string, from: string): string[] {
  const runs = findFile(specifier, from);
  const stems = readings(specifier, from).flatMap(path => [path, resolve(path, "index")]);
  const declared = stems.flatMap(path => [`${path}.d.ts`, path.replace(/\.([mc]?)jsx?$/, ".d.$1ts")]);
  const types = declared.find(isFile);
  return [runs, types].filter(path => path !== undefined);
}

/** A file without imports and exports is a module all the same when it runs: its names are its own. */
function asModule(path: string, text: string): { text: string; named: string[] } {
  if (path.endsWith(".json") || isTooDeep(text)) return { text, named: [] };
  const { module } = parseSync(path, text, { sourceType: "module" });
  const named = namedFiles(text, module);
  const isScript = !module.hasModuleSyntax && !/\bexports\b|\bexport\s*=/.test(text);
  return { text: isScript ? `${text}\nexport {};` : text, named };
}
