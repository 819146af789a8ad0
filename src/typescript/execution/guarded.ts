/**
 * A callback of the inspector that lets nothing out: Node tells what it throws as a warning, and the cell that waits for
 * it would never end. A termination goes through, and the side thread settles the cell.
 */
export function guarded<Arguments extends unknown[]>(
  callback: (...args: Arguments) => void,
  failed: (error: unknown) => void,
): (...args: Arguments) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      failed(error);
    }
  };
}
