import { namesSet } from "./sets/tables.ts";
import { readDataFile } from "./stored/files.ts";

export interface NamesOptions {
  /** Each name once, 29,494 of them, in the order in which they first come. A split with repeats leaks; false: 32,033. */
  distinct?: boolean;
}

/**
 * First names of the United States, 2018, by how common they are: 2 to 15 letters a … z.
 *
 * @throws DataError when the file cannot be had or is damaged
 */
export async function names({ distinct = true }: NamesOptions = {}): Promise<string[]> {
  const all = (await readDataFile(namesSet, namesSet.files.names)).toString("latin1").trimEnd().split("\n");
  return distinct ? [...new Set(all)] : all;
}
