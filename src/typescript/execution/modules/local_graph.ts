import { readFileSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  Atomics,
  type Buffer,
  Date,
  Int32Array,
  Map,
  Number,
  Set,
  SharedArrayBuffer,
  String,
  URL,
} from "../../intrinsics.ts";
import { findFile, isFile, namedFiles } from "../../local_modules.ts";
import { cryptography } from "../crypto.ts";
import { parseFile } from "./parse_file.ts";

/** The query that a local module's address carries: another version is another module, so an edit is seen. */
export const VERSION_KEY = "latent";

const SOURCE = /\.[mc]?[jt]sx?$/;
const READ = /\.(?:[mc]?[jt]sx?|json)$/;
/** The folder of our package.json, seen from dist/typescript/execution/modules. */
const INSTALLATION = new URL("../../../../", import.meta.url).href;

/** A file as it was last read. */
interface Read {
  mark: string;
  readAt: number;
  /** Of its content and the time of its last saving. */
  digest: string;
  /** Local files that it names. */
  named: string[];
}

/** A file system may count time in steps so long; until then a file is read again to see whether it changed. */
const TIME_STEP_MS = 3000;
const SLOTS = 1024;

/** Whether a module is the author's own file, which may be edited while the kernel lives. */
export function isLocal(url: string): boolean {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return false;
  // What we built ourselves: nobody edits it while a kernel lives.
  if (url.startsWith(INSTALLATION) && /^(?:dist|joined)\//.test(url.slice(INSTALLATION.length))) return false;
  return READ.test(pathOf(url));
}

/** Whether an address is one that `LocalGraph` has made. */
export function isVersioned(url: string): boolean {
  return url.startsWith("file:") && url.includes(`?${VERSION_KEY}=`);
}

export function pathOf(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/, ""));
}

/**
 * The file that a specifier means in `from`; undefined where there is none. As in Node a link is the file that it leads
 * to, so that this finds what lies beside it, and is one module under all its names. A link to what is none of the
 * author's (a package's file, a store that knows no endings) is read as it stands.
 */
export function findLocal(specifier: string, from: string): string | undefined {
  const found = findFile(specifier, from);
  return found && realPath(found);
}

function realPath(path: string): string {
  const real = realpathSync.native(path);
  return isLocal(pathToFileURL(real).href) ? real : path;
}

/**
 * The author's modules and what they name, read from disk. A module's version changes with each saving of it or of a
 * file below it, so all who import it get the same one. Lives in the main thread and in that of the loader's hooks.
 */
export class LocalGraph {
  /** How often a module failed to load, by a hash of its path; shared by the threads. */
  readonly #failures: Int32Array<SharedArrayBuffer>;
  readonly #read = new Map<string, Read>();

  constructor(failures: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(SLOTS * 4))) {
    this.#failures = failures;
  }

  get failures(): Int32Array<SharedArrayBuffer> {
    return this.#failures;
  }

  /** A module that failed is loaded anew when it is imported next: what it lacked may be there by then. */
  failed(path: string): void {
    Atomics.add(this.#failures, slotOf(path), 1);
  }

  /** The file itself and all that it reaches. */
  reachable(path: string): string[] {
    const found = new Set([path]);
    // A link may lead elsewhere by now, though the file that names it is as it was.
    for (const each of found)
      for (const next of this.#file(each)?.named ?? []) if (isFile(next)) found.add(realPath(next));
    return [...found];
  }

  version(path: string): string {
    const parts = this.reachable(path)
      .sort()
      .map(each => `${each} ${this.#file(each)?.digest} ${Atomics.load(this.#failures, slotOf(each))}`);
    return String(Number.parseInt(digestOf(parts.join("\n")).slice(0, 13), 16));
  }

  /** The address of a module with its version. */
  address(path: string): string {
    return `${pathToFileURL(path).href}?${VERSION_KEY}=${this.version(path)}`;
  }

  #file(path: string): Read | undefined {
    const stats = isFile(path) ? statSync(path, { bigint: true, throwIfNoEntry: false }) : undefined;
    if (stats === undefined) return undefined;
    const mark = `${stats.mtimeNs} ${stats.size} ${stats.ino}`;
    const known = this.#read.get(path);
    if (known?.mark === mark && known.readAt - Number(stats.mtimeMs) > TIME_STEP_MS) return known;
    const content = readFileSync(path);
    const digest = digestOf(`${mark} ${digestOf(content)}`);
    const named = known?.digest === digest ? known.named : namedBy(path, content);
    const read = { mark, readAt: Date.now(), digest, named };
    this.#read.set(path, read);
    return read;
  }
}

function namedBy(path: string, content: Buffer): string[] {
  if (!SOURCE.test(path)) return [];
  const text = content.toString("utf8");
  const { module } = parseFile(path, text);
  return namedFiles(text, module)
    .map(specifier => findFile(specifier, path))
    .filter(found => found !== undefined && isLocal(pathToFileURL(found).href)) as string[];
}

function slotOf(path: string): number {
  return Number.parseInt(digestOf(path).slice(0, 8), 16) % SLOTS;
}

function digestOf(content: string | Buffer): string {
  return cryptography().createHash("sha1").update(content).digest("hex");
}
