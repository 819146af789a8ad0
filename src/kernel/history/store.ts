import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** One cell that was stored: its session, its number there, its text and the text of its result. */
export interface Entry {
  session: number;
  line: number;
  input: string;
  output: string | null;
}

const KEPT_SESSIONS = 1000;

/** Where history is kept: LATENT_HISTORY, or the user's data folder; undefined where it is switched off. */
export function historyFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.LATENT_HISTORY === "off") return undefined;
  const data = env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
  return env.LATENT_HISTORY ?? join(data, "latent", "history");
}

/**
 * The cells of this session and of earlier ones: a file a session, a line a cell. Creating the file claims the
 * session's number, so kernels that start together get different ones. Without a folder that can be written, the
 * history lives as long as the kernel.
 */
export class HistoryStore {
  readonly #folder: string | undefined;
  readonly #own: Entry[] = [];
  #session: number | undefined;
  #file: string | undefined;

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** The number of the running session; claimed at the first question or cell. */
  get session(): number {
    this.#session ??= this.#claim();
    return this.#session;
  }

  add(line: number, input: string, output: string | null): void {
    const entry = { session: this.session, line, input, output };
    this.#own.push(entry);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify({ line, input, output })}\n`);
  }

  /** The entries of one session, in order. */
  of(session: number): Entry[] {
    if (session === this.session) return this.#own;
    return this.#folder === undefined ? [] : readSession(this.#folder, session);
  }

  /** Numbers of the sessions there are, the running one last. */
  sessions(): number[] {
    const earlier = this.#folder === undefined ? [] : sessionNumbers(this.#folder);
    return [...earlier.filter(number => number < this.session), this.session];
  }

  #claim(): number {
    if (this.#folder === undefined) return 1;
    try {
      mkdirSync(this.#folder, { recursive: true });
      const present = sessionNumbers(this.#folder);
      for (const old of present.slice(0, -KEPT_SESSIONS)) rmSync(sessionFile(this.#folder, old), { force: true });
      return this.#create(this.#folder, (present.at(-1) ?? 0) + 1);
    } catch (error) {
      console.error(`History is not kept: ${(error as Error).message}. Set LATENT_HISTORY to a folder you may write.`);
      return 1;
    }
  }

  #create(folder: string, first: number): number {
    for (let number = first; ; number++) {
      const file = sessionFile(folder, number);
      try {
        closeSync(openSync(file, "wx", 0o600));
      } catch (error) {
        // Another kernel took this number meanwhile.
        if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
        throw error;
      }
      this.#file = file;
      return number;
    }
  }
}

function sessionFile(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(6, "0")}.jsonl`);
}

function sessionNumbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter(name => /^\d+\.jsonl$/.test(name))
      .map(name => Number.parseInt(name, 10))
      .sort((a, b) => a - b);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function readSession(folder: string, session: number): Entry[] {
  let text: string;
  try {
    text = readFileSync(sessionFile(folder, session), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  // A last line without its end is one that a crash cut off.
  const lines = text.split("\n").slice(0, -1);
  return lines.map(line => ({ session, ...(JSON.parse(line) as Omit<Entry, "session">) }));
}
