import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { globalsText } from "./cell_globals.ts";
import { offered } from "./offers.ts";
import { PREFIX, sweep } from "./sweep.ts";

/** The folder of our package.json, seen from dist/typescript/language. */
const INSTALLATION = fileURLToPath(new URL("../../../", import.meta.url));

const GLOBALS = "__globals__.d.ts";
/** Globals of this Node that turned out to be unknown to its types. */
export const MORE_GLOBALS = "__globals_more__.d.ts";

const OPTIONS = {
  target: "esnext",
  // No DOM: cells run in Node.
  lib: ["esnext"],
  // A file is found as bundlers find it, which is how cells find it: `./file` without its ending, JSON without an
  // attribute.
  module: "preserve",
  moduleResolution: "bundler",
  customConditions: ["node"],
  moduleDetection: "auto",
  jsx: "preserve",
  strict: true,
  types: [],
  allowJs: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The documents of one notebook, as files in a folder of our own. */
export interface Mirror {
  /** Where the documents are; imports in them resolve as in the notebook's folder, then as in our installation. */
  readonly folder: string;
  /** The folder that stands for the root of the disk. */
  readonly base: string;
  /** The configuration of the project that every document belongs to. */
  readonly config: string;
  path(file: string): string;
  write(file: string, text: string): void;
  /** The place of a file of the disk. */
  mirrored(path: string): string;
  /** Takes in each `node_modules` that was made since (`npm install` beside the notebook). Whether there was one. */
  refresh(): boolean;
  /** The packages of this folder, and of those above it, are taken in as well: no document there was looked at yet. */
  cover(folder: string): void;
  /** Whether the notebook's folder, or one above it, has a package. */
  has(name: string): boolean;
  remove(): void;
}

/**
 * Mirrors the notebook's folder in a temporary one, so that nothing is written beside the notebook, its tsconfig.json
 * does not matter, and a restarted server finds every cell again:
 *
 *     <tmp>/node_modules/latent        -> our installation
 *     <tmp>/own/node_modules           -> the packages we depend on
 *     <tmp>/own/tsconfig.json
 *     <tmp>/own/home/me/node_modules   -> /home/me/node_modules, where there is one
 *     <tmp>/own/home/me/notebooks/     the cells of a notebook in /home/me/notebooks, and copies of the files they import
 *
 * A package is looked for upward, so the order is right, for the copies as well; `rootDirs` lays the mirror over the
 * true folders, so that completion offers every file there.
 */
export function createMirror(notebook: string, { entry }: { entry: string }): Mirror {
  sweep();
  const top = realpathSync(mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)));
  const base = linkInstallation(top);
  const { root } = parse(notebook);
  const mirrored = (path: string) => join(base, relative(root, path));
  const folder = mirrored(notebook);
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write(GLOBALS, globalsText(INSTALLATION));
  writeFileSync(join(base, "package.json"), JSON.stringify({ type: "module", dependencies: offered(notebook) }));
  const config = join(base, "tsconfig.json");
  write(MORE_GLOBALS, "");
  const files = [GLOBALS, MORE_GLOBALS, entry].map(file => join(folder, file));
  writeFileSync(config, JSON.stringify({ compilerOptions: optionsOf(base, root), files }));
  return {
    folder,
    base,
    config,
    path: file => join(folder, file),
    write,
    mirrored,
    ...packagesOf(notebook, mirrored),
    has: name => nodeModulesAbove(notebook).some(packages => existsSync(join(packages, name))),
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

function optionsOf(base: string, root: string): object {
  const paths = { tslab: [join(INSTALLATION, "dist/typescript/execution/modules/tslab.d.ts")] };
  return { ...OPTIONS, rootDirs: [base, root], paths };
}

/** Links each `node_modules` that a document could see. */
function packagesOf(notebook: string, mirrored: (path: string) => string): Pick<Mirror, "refresh" | "cover"> {
  const covered = new Set([notebook]);
  const linked = new Set<string>();
  const refresh = () => {
    const found = [...covered].flatMap(nodeModulesAbove).filter(each => !linked.has(each));
    for (const each of new Set(found)) {
      link(each, mirrored(each));
      linked.add(each);
    }
    return found.length > 0;
  };
  const cover = (folder: string) => {
    if (covered.has(folder)) return;
    covered.add(folder);
    refresh();
  };
  refresh();
  return { refresh, cover };
}

/** Links our installation below `top`, its nearest `node_modules` innermost. Returns the innermost folder. */
function linkInstallation(top: string): string {
  link(INSTALLATION, join(top, "node_modules", "latent"));
  let base = top;
  for (const packages of nodeModulesAbove(INSTALLATION).reverse()) {
    base = join(base, "own");
    link(packages, join(base, "node_modules"));
  }
  return base;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // A junction needs no rights on Windows; elsewhere the word is ignored.
  symlinkSync(target, path, "junction");
}

/** Nearest first. */
function nodeModulesAbove(folder: string): string[] {
  const here = join(folder, "node_modules");
  const above = dirname(folder) === folder ? [] : nodeModulesAbove(dirname(folder));
  return existsSync(here) ? [here, ...above] : above;
}
