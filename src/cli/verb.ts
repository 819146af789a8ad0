/** What holds for every verb. */
export interface Around {
  /** `--offline`: nothing may be fetched. */
  readonly offline: boolean;
}

/** One word of the command line. */
export interface Verb {
  readonly usage: string;
  readonly summary: string;
  /** Returns the exit code. */
  run(args: readonly string[], around: Around): Promise<number>;
}

/** A command line that means nothing here; it ends with exit code 2 as programs have done since the first shells. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
