/** A set-up that cannot go on: what is wrong, and in one sentence what to do about it. */
export class SetupFailure extends Error {
  override readonly name = "SetupFailure";
  readonly remedy: string;

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(problem, options);
    this.remedy = remedy;
  }
}
