/**
 * Names of variables that are the same in another process. tfjs numbers on: a variable without a name is called `17`, a
 * layer `dense_Dense3`, and a second layer of one name has weights `code/kernel_1`. What the same program makes in the same
 * order has other numbers there, but in the same order: so a number is replaced by its rank among those of its kind.
 *
 * @param names of all variables that belong together
 * @returns for each name what it is called anywhere
 */
export function lastingNames(names: readonly string[]): Map<string, string> {
  const seen = new Map<string, Set<number>>();
  for (const { kind, number } of names.flatMap(parts)) seen.set(kind, (seen.get(kind) ?? new Set()).add(number));
  const ranks = new Map([...seen].map(([kind, numbers]) => [kind, [...numbers].sort((a, b) => a - b)]));
  const lasting = (name: string): string =>
    parts(name)
      .map(({ kind, number }) => (number === NONE ? kind : `${kind}#${ranks.get(kind)?.indexOf(number)}`))
      .join("");
  return new Map(names.map(name => [name, lasting(name)]));
}

/** A stretch of a name and the number that tfjs put behind it. Numbers of one kind are ranked together. */
interface Part {
  readonly kind: string;
  readonly number: number;
}

const NONE = -1;
/** A number that tfjs gave: the whole name, or behind the class of a layer. */
const NUMBERS = /^\d+$|(?<=_[A-Z][A-Za-z0-9]*?)\d+(?=\/)/g;
/** The end of a weight's name; the first of a name has no number. */
const REPEATED = /^(.*\/.+?)(?:_(\d+))?$/s;

function parts(name: string): Part[] {
  const found: Part[] = [];
  let at = 0;
  for (const { 0: digits, index } of name.matchAll(NUMBERS)) {
    found.push({ kind: name.slice(at, index), number: Number(digits) });
    at = index + digits.length;
  }
  const rest = name.slice(at);
  const [, stem, count = "0"] = REPEATED.exec(rest) ?? [];
  if (stem !== undefined) return [...found, { kind: stem, number: Number(count) }];
  return rest === "" ? found : [...found, { kind: rest, number: NONE }];
}
