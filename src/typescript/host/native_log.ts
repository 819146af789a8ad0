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

/** Lets through what native code writes to stderr, less its chatter. Set LATENT_NATIVE_LOG=1 to see that too. */
export class NativeLog {
  readonly #pass: (text: string) => void;
  readonly #all: boolean;
  #rest = "";

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
    const kept = lines.filter(isWorthShowing).join("");
    if (kept !== "") this.#pass(kept);
  }

  /** Lets through an unfinished line; called when a cell ends. */
  flush(): void {
    const rest = this.#rest;
    this.#rest = "";
    if (rest !== "" && isWorthShowing(rest)) this.#pass(rest);
  }
}

function isWorthShowing(line: string): boolean {
  return !CHATTER.some(pattern => pattern.test(line));
}
