import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { appendSession, claimSession, type Entry, readSession, sessionNumbers } from "./sessions.ts";

/** No front end shows more of an old result; a cell's own text is always kept whole. */
const LONGEST_OUTPUT = 100_000;

/** Where history is kept: LATENT_HISTORY, or the user's data folder; undefined where it is switched off. */
export function historyFolder(env: NodeJS.ProcessEnv = process.env, home: () => string = homedir): string | undefined {
  if (env.LATENT_HISTORY === "off") return undefined;
  if (env.LATENT_HISTORY) return resolve(env.LATENT_HISTORY);
  try {
    return join(env.XDG_DATA_HOME || join(home(), ".local", "share"), "latent", "history");
  } catch (error) {
    // A container may run as a user that the system does not know, who then has no home folder.
    console.error(notKept(error));
    return undefined;
  }
}

/**
 * The cells of this session and of earlier ones: a file a session, a line a cell. Creating the file claims the
 * session's number, so kernels that start together get different ones. Nothing here throws: where the folder cannot be
 * written or read, that is said once and the history lives as long as the kernel.
 */
export class HistoryStore {
  readonly #folder: string | undefined;
  readonly #own: Entry[] = [];
  #session: number | undefined;
  #file: string | undefined;
  #complained = false;

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** The number of the running session; claimed at the first question or cell. */
  get session(): number {
    this.#session ??= this.#claim();
    return this.#session;
  }

  add(line: number, input: string, output: string | null): void {
    const entry: Entry = { session: this.session, line, input, output: shortened(output) };
    this.#own.push(entry);
    const file = this.#file;
    // Tried again at each cell: a disk that was full may have room by then.
    if (file !== undefined) this.#attempt(undefined, () => appendSession(file, entry));
  }

  /** The entries of one session, in order. */
  of(session: number): readonly Entry[] {
    if (session === this.session) return this.#own;
    const folder = this.#folder;
    return folder === undefined ? [] : this.#attempt([], () => readSession(folder, session));
  }

  /** Numbers of the sessions there are, the running one last. */
  sessions(): number[] {
    const folder = this.#folder;
    const earlier = folder === undefined ? [] : this.#attempt([], () => sessionNumbers(folder));
    return [...earlier.filter(number => number < this.session), this.session];
  }

  #claim(): number {
    const folder = this.#folder;
    if (folder === undefined) return 1;
    const claimed = this.#attempt(undefined, () => claimSession(folder));
    this.#file = claimed?.file;
    return claimed?.number ?? 1;
  }

  /** What `action` returns, or `instead` where it fails, for whatever reason: no cell may fail for its history. */
  #attempt<T>(instead: T, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!this.#complained) console.error(notKept(error));
      this.#complained = true;
      return instead;
    }
  }
}

function notKept(error: unknown): string {
  return `History is not kept or not read: ${(error as Error).message}. Set LATENT_HISTORY to a folder that you may write, or to "off".`;
}

function shortened(output: string | null): string | null {
  if (output === null || output.length <= LONGEST_OUTPUT) return output;
  // A copy: V8 makes a slice by pointing into the whole text, which would live as long as the history.
  return Buffer.from(`${output.slice(0, LONGEST_OUTPUT)}…`, "utf16le").toString("utf16le");
}
