/** The node that an input of another one names: `name`, `name:1` or `^name`. */
export function nodeName(input: string): string {
  return input.replace(/^\^|:\d+$/g, "");
}

/** Whether an input only has to have run: `^name`. */
export function isWait(input: string): boolean {
  return input.startsWith("^");
}

/** Values as often as they are taken, and behind them each wait once. */
export function eachWaitOnce(inputs: readonly string[]): string[] {
  return [...inputs.filter(input => !isWait(input)), ...new Set(inputs.filter(isWait))];
}
