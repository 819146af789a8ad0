import { readCsv } from "./csv.ts";
import { penguinsFile } from "./sets/included.ts";
import { readIncluded } from "./stored/included.ts";

/** One penguin; lengths in millimetres, mass in grams, null where it was not measured. */
export interface Penguin {
  species: "Adelie" | "Chinstrap" | "Gentoo";
  island: "Biscoe" | "Dream" | "Torgersen";
  bill_length_mm: number | null;
  bill_depth_mm: number | null;
  flipper_length_mm: number | null;
  body_mass_g: number | null;
  sex: "female" | "male" | null;
  year: number;
}

/**
 * The 344 penguins of Palmer Archipelago, one object each, as `new DataFrame(await data.penguins())` takes them. They come
 * with the library.
 *
 * @throws DataError when the library's file is gone or was changed
 */
export async function penguins(): Promise<Penguin[]> {
  const { columns, rows } = readCsv(await readIncluded(penguinsFile), penguinsFile.title);
  return rows.map(row => Object.fromEntries(columns.map((name, i) => [name, cell(row[i] as string)])) as never);
}

function cell(text: string): string | number | null {
  if (text === "NA") return null;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}
