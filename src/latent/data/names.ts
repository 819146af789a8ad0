import { namesFile } from "./sets/included.ts";
import { readIncluded } from "./stored/included.ts";

export interface NamesOptions {
  /** Each name once, 29,494 of them, in the order in which they first come. A split with repeats leaks; false: 32,033. */
  distinct?: boolean;
}

/**
 * First names of the United States, 2018, by how common they are: 2 to 15 letters a … z. They come with the library.
 *
 * @throws DataError when the library's file is gone or was changed
 */
export async function names({ distinct = true }: NamesOptions = {}): Promise<string[]> {
  const all = (await readIncluded(namesFile)).toString("latin1").trimEnd().split("\n");
  return distinct ? [...new Set(all)] : all;
}
