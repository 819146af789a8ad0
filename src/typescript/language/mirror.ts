import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { globalsText } from "./cell_globals.ts";

/** The folder of our package.json, seen from dist/typescript/language. */
const INSTALLATION = fileURLToPath(new URL("../../../", import.meta.url));

const PREFIX = "latent-types-";
/** A younger folder may be that of a kernel in another container, whose process we cannot see. */
const KEPT_MS = 3600 * 1000;

/** What auto-import offers of our own dependencies; the others are the kernel's business. */
const OFFERED = ["latent", "@tensorflow/tfjs-node", "danfojs-node"];

const OPTIONS = {
  target: "esnext",
  // No DOM: cells run in Node.
  lib: ["esnext"],
  module: "nodenext",
  moduleDetection: "force",
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
  path(file: string): string;
  write(file: string, text: string): void;
  /** Takes in a `node_modules` that was made since (`npm install` beside the notebook). Whether there was one. */
  refresh(): boolean;
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
 *     <tmp>/own/home/me/notebooks/     the cells of a notebook in /home/me/notebooks
 *
 * A package is looked for upward, so the order is right; `rootDirs` lays the mirror over the true folders, so that
 * `./file.ts` and `../file.ts` are found as well.
 */
export function createMirror(notebook: string, { entry }: { entry: string }): Mirror {
  sweep();
  const top = realpathSync(mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)));
  const base = linkInstallation(top);
  const { root } = parse(notebook);
  const mirrored = (folder: string) => join(base, relative(root, folder));
  const folder = mirrored(notebook);
  mkdirSync(folder, { recursive: true });

  const linked = new Set<string>();
  const refresh = () => {
    const found = nodeModulesAbove(notebook).filter(each => !linked.has(each));
    for (const each of found) link(each, mirrored(each));
    for (const each of found) linked.add(each);
    return found.length > 0;
  };
  refresh();

  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write("__globals__.d.ts", globalsText(INSTALLATION));
  writeFileSync(join(base, "package.json"), JSON.stringify({ type: "module", dependencies: offered(notebook) }));
  const compilerOptions = {
    ...OPTIONS,
    rootDirs: [base, root],
    paths: { tslab: [join(INSTALLATION, "dist/typescript/execution/modules/tslab.d.ts")] },
  };
  const files = ["__globals__.d.ts", entry].map(file => join(folder, file));
  writeFileSync(join(base, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));

  return {
    folder,
    path: file => join(folder, file),
    write,
    refresh,
    has: name => nodeModulesAbove(notebook).some(packages => existsSync(join(packages, name))),
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

/** Removes what kernels left that were killed: their process is gone and their folder is old. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^\d+(?=-)/.exec(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "")?.[0]);
    if (pid > 0 && !isAlive(pid) && ageMs(join(tmpdir(), name)) > KEPT_MS)
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function ageMs(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
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

/** Auto-import offers what the nearest package.json lists: here ours, and what the notebook's own one lists. */
function offered(notebook: string): Record<string, string> {
  return { ...Object.fromEntries(OFFERED.map(name => [name, "*"])), ...listedAbove(notebook) };
}

function listedAbove(folder: string): Record<string, string> {
  const file = join(folder, "package.json");
  if (existsSync(file)) return dependenciesOf(file);
  return dirname(folder) === folder ? {} : listedAbove(dirname(folder));
}

function dependenciesOf(file: string): Record<string, string> {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
    return { ...devDependencies, ...dependencies } as Record<string, string>;
  } catch {
    // A package.json that cannot be read is the author's business; here it only means fewer suggestions.
    return {};
  }
}
