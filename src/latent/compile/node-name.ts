/** The node that an input of another one names: `name`, `name:1` or `^name`. */
export function nodeName(input: string): string {
  return input.replace(/^\^|:\d+$/g, "");
}
