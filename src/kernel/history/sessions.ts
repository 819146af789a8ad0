import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";

/** One cell that was stored: its session, its number there, its text and the text of its result. */
export interface Entry {
  session: number;
  line: number;
  input: string;
  output: string | null;
}

const KEPT_SESSIONS = 1000;
/** Fewer digits than a number holds exactly: whatever lies in the folder, the next number is a new one. */
const SESSION_FILE = /^(\d{1,12})\.jsonl$/;

/** Numbers of the sessions in `folder`, in order. */
export function sessionNumbers(folder: string): number[] {
  return namesIn(folder)
    .flatMap(name => SESSION_FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** Takes the next free number of `folder` by creating its file, and removes the oldest sessions. */
export function claimSession(folder: string): { number: number; file: string } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  keepPrivate(folder);
  const present = sessionNumbers(folder);
  for (const old of present.slice(0, -KEPT_SESSIONS)) ifPossible(() => unlinkSync(sessionFile(folder, old)));
  for (let number = (present.at(-1) ?? 0) + 1; ; number++) {
    const file = sessionFile(folder, number);
    try {
      closeSync(openSync(file, "wx", 0o600));
      return { number, file };
    } catch (error) {
      // Another kernel took this number meanwhile.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Adds a cell. Its line begins with a line end as well: a disk that was full may have cut off the one before. */
export function appendSession(file: string, { line, input, output }: Entry): void {
  appendFileSync(file, `\n${JSON.stringify({ line, input, output })}\n`, { mode: 0o600 });
}

/** The cells of one session; a line that a crash damaged is left out. */
export function readSession(folder: string, session: number): Entry[] {
  let text: string;
  try {
    text = readFileSync(sessionFile(folder, session), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap(line => parseEntry(session, line) ?? []);
}

function parseEntry(session: number, text: string): Entry | undefined {
  // A power cut leaves zeros where a file had grown and its bytes had not come yet.
  const json = text.replace(/^\0+/, "");
  if (json === "") return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const { line, input, output = null } = (parsed ?? {}) as Partial<Entry>;
  if (typeof line !== "number" || typeof input !== "string") return undefined;
  return { session, line, input, output: typeof output === "string" ? output : null };
}

/** A folder that holds sessions and nothing else is ours; an earlier version made it readable for everybody. */
function keepPrivate(folder: string): void {
  const names = namesIn(folder);
  if (names.length === 0 || !names.every(name => SESSION_FILE.test(name))) return;
  ifPossible(() => chmodSync(folder, 0o700));
}

/** For what is only tidying: whoever owns the file or folder, history goes on without. */
function ifPossible(action: () => void): void {
  try {
    action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function sessionFile(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(6, "0")}.jsonl`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
