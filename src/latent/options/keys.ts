import { kind } from "./kind.ts";

/** The keys of an options object; a record, so that the compiler notices one that is missing. */
export type Keys<Options extends object> = Record<keyof Options, true>;

/**
 * Refuses a key that a function does not know: an option that is misspelt, or is called otherwise in another library, would
 * do nothing without a word.
 *
 * @param who the function, for the error
 * @param renamed names that are used elsewhere for an option of ours, and ours
 * @throws TypeError when `options` is no object, or has another key; it names the right one
 */
export function expectKeys(
  options: object,
  who: string,
  known: Record<string, true>,
  renamed: Record<string, string> = {},
): void {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`${who} takes its options as an object; it got ${kind(options)}.`);
  for (const key of Object.keys(options)) {
    if (Object.hasOwn(known, key)) continue;
    const name = Object.hasOwn(renamed, key) ? renamed[key] : undefined;
    throw new TypeError(
      name === undefined
        ? `${who} has no option ${key}. It has ${Object.keys(known).join(", ")}.`
        : `${who} has no option ${key}: it is called ${name}.`,
    );
  }
}
