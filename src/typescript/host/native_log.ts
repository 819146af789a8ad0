/**
 * Lines that native code writes to file descriptor 2 by itself and that no variable silences (TensorFlow 2.21: oneDNN
 * and processor features at the first operation). nbgrader counts any stderr as a failure.
 */
const CHATTER = [
  /^WARNING: All log messages before absl::InitializeLog\(\)/,
  /^[IW]\d{4} [\d:.]+\s+\d+ \S+:\d+\] /,
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IW] \S+:\d+\] /,
  // node at its exit, while the thread that interrupts still holds its inspector session.
  /^Waiting for the debugger to disconnect\.\.\./,
  /^To enable the following instructions: .*, in other operations, rebuild TensorFlow/,
];

/** A line without an end that may still become one of those. */
const MAY_BE_CHATTER =
  /^(?:WARNING: All log|[IW]\d{4} [\d:. ]*\S*$|\d{4}-\d\d-\d\d [\d:.]*(?: [IW]?|: [IW].*)?$|Waiting for the debugger|To enable the following)/;

/** A question or a progress bar ends no line, and is read while its program runs. */
const UNFINISHED_MS = 60;

/** Lets through what native code writes to stderr, less its chatter. Set LATENT_NATIVE_LOG=1 to see that too. */
export class NativeLog {
  readonly #pass: (text: string) => void;
  readonly #all: boolean;
  #rest = "";
  /** What became of the beginning of the present line becomes of its rest. */
  #beginning: "none" | "shown" | "kept away" = "none";
  #timer: NodeJS.Timeout | undefined;

  constructor(pass: (text: string) => void, env: NodeJS.ProcessEnv = process.env) {
    this.#pass = pass;
    this.#all = env.LATENT_NATIVE_LOG === "1";
  }

  write(text: string): void {
    if (this.#all) {
      this.#pass(text);
      return;
    }
    const lines = (this.#rest + text).split(/(?<=\n)/);
    const last = lines.at(-1) ?? "";
    this.#rest = last.endsWith("\n") ? "" : (lines.pop() ?? "");
    this.#show(lines);
    // Not anew at each piece: a progress of dots may never pause.
    if (this.#rest !== "") this.#timer ??= setTimeout(() => this.#flushUnlessChatter(), UNFINISHED_MS).unref();
  }

  /** Lets through an unfinished line; called when a cell ends, and before what is to stand behind it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rest = this.#rest;
    this.#rest = "";
    if (rest !== "") this.#show([rest]);
  }

  #flushUnlessChatter(): void {
    this.#timer = undefined;
    if (!mayBeChatter(this.#rest)) this.flush();
  }

  #show(lines: readonly string[]): void {
    const kept: string[] = [];
    for (const line of lines) {
      const isShown = this.#beginning === "none" ? isWorthShowing(line) : this.#beginning === "shown";
      if (isShown) kept.push(line);
      if (line.endsWith("\n")) this.#beginning = "none";
      else this.#beginning = isShown ? "shown" : "kept away";
    }
    if (kept.length > 0) this.#pass(kept.join(""));
  }
}

function mayBeChatter(line: string): boolean {
  return MAY_BE_CHATTER.test(line) || !isWorthShowing(line);
}

function isWorthShowing(line: string): boolean {
  return !CHATTER.some(pattern => pattern.test(line));
}
