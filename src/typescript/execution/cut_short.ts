import type { Error } from "../intrinsics.ts";

/**
 * Whether an evaluation has no result because V8 was told to end it. That runs while V8 still unwinds, and may be ended too:
 * the side thread settles the cell in a moment, or the end of the process does.
 */
export function isCutShort({ message }: Error): boolean {
  return /Execution was terminated|Execution context was destroyed/.test(message);
}
