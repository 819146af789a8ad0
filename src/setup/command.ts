import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface CommandResult {
  readonly ok: boolean;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface CommandOptions extends Pick<SpawnOptions, "cwd" | "env" | "signal"> {
  /** Hears each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end; one that is missing or fails is a result, not an exception. */
export async function tryCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { signal, onLine, ...rest } = options;
  signal?.throwIfAborted();
  return await new Promise((resolve, reject) => {
    // A process group of its own: Ctrl-C in the terminal would end the program before the signal here is aborted, and
    // an interruption would be taken for a failure. It also lets the program's own children be ended with it.
    const child = spawn(program, args, { ...rest, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const interrupt = (): void => endGroup(child);
    signal?.addEventListener("abort", interrupt, { once: true });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    if (onLine) createInterface(child.stdout).on("line", onLine);
    child.on("error", error => resolve({ ok: false, output: error.message }));
    child.on("close", code => {
      signal?.removeEventListener("abort", interrupt);
      // Only now: whoever tidies up next must not meet a program that still writes.
      if (signal?.aborted) reject(signal.reason);
      else resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch (error) {
    // ESRCH: it ended by itself a moment ago.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

/** Runs a program that must succeed. */
export async function command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryCommand(program, args, options);
  if (!result.ok) throw new CommandFailure(`${program} failed:\n${lastLines(result.output, 15)}`);
  return result.output;
}

/** Tries again after 2, 4, … seconds: what fetches over a network fails now and then for no lasting reason. */
export async function withRetries<T>(
  tries: number,
  action: (attempt: number) => Promise<T>,
  signal?: AbortSignal,
  pauseMs = 2000,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action(attempt);
    } catch (error) {
      if (attempt >= tries || signal?.aborted) throw error;
      await sleep(pauseMs * attempt, undefined, signal ? { signal } : {});
    }
  }
}

export function lastLines(text: string, count: number): string {
  return text.trim().split("\n").slice(-count).join("\n");
}
