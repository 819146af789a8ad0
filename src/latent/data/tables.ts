import type { Tensor2D } from "@tensorflow/tfjs-node";
import { labelsOf, numbersOf, readCsv } from "./csv.ts";
import { noticeOf } from "./drawn/notice.ts";
import { drawnPenguins } from "./drawn/penguins.ts";
import { DataAbsent } from "./errors.ts";
import { matrix } from "./matrix.ts";
import { penguinsSet, thyroidSet, wineQualitySet } from "./sets/tables.ts";
import { readDataFile } from "./stored/files.ts";

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
 * The 344 penguins of Palmer Archipelago, one object each, as `new DataFrame(await data.penguins())` takes them. Where the
 * file cannot be had 344 penguins are drawn instead, and the cell shows a notice.
 *
 * @throws DataError when the file of `$LATENT_DATA` is damaged
 */
export async function penguins(): Promise<Penguin[]> {
  try {
    return readPenguins(await readDataFile(penguinsSet, penguinsSet.files.table));
  } catch (error) {
    if (!(error instanceof DataAbsent)) throw error;
    noticeOf(error, "The table of penguins", "penguins");
    return drawnPenguins(344);
  }
}

function readPenguins(content: Buffer): Penguin[] {
  const { columns, rows } = readCsv(content, penguinsSet.title);
  return rows.map(row => Object.fromEntries(columns.map((name, i) => [name, cell(row[i] as string)])) as never);
}

function cell(text: string): string | number | null {
  if (text === "NA") return null;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

/** A table of measurements with a label a row. */
export interface Measurements {
  /** `[n, columns]`, float32, in the units of the source. */
  features: Tensor2D;
  /** The name of each column of `features`. */
  columns: string[];
  /** n whole numbers; each loader says what they mean. */
  labels: Uint8Array;
}

/**
 * The 1,599 red wines of Cortez et al. 2009: eleven chemical measurements; the label is the quality, 3 … 8.
 *
 * @throws DataError when the file cannot be had or is damaged
 */
export function wineQuality(): Promise<Measurements> {
  return measurements(wineQualitySet);
}

/**
 * The 3,772 thyroid patients of ADBench: six measurements scaled to 0 … 1; the label is 1 for the 93 anomalies, else 0.
 *
 * @throws DataError when the file cannot be had or is damaged
 */
export function thyroid(): Promise<Measurements> {
  return measurements(thyroidSet);
}

/** The last column is the label. */
async function measurements(set: typeof wineQualitySet): Promise<Measurements> {
  const table = readCsv(await readDataFile(set, set.files.table), set.title);
  const last = table.columns.length - 1;
  return {
    features: await matrix(numbersOf(table, 0, last), table.rows.length),
    columns: table.columns.slice(0, last),
    labels: labelsOf(table, last),
  };
}
