/** A claim of a lesson made false on purpose, to see that its check notices. */
export interface Break {
  /** What is wrong now. */
  how: string;
  /** Text that stands once in the lesson's script. */
  from: string;
  /** What stands there instead. */
  to: string;
  /** The claims whose checks must fail. */
  fails: readonly string[];
}
