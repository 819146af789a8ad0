/** A failure whose message is one sentence that says what to do. */
export class BootstrapFailure extends Error {
  /** @param code the exit code that it ends with */
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}
