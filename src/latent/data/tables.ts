import type { Tensor2D } from "@tensorflow/tfjs-node";
import { labelsOf, numbersOf, readCsv } from "./csv.ts";
import { matrix } from "./matrix.ts";
import { wineQualityFile } from "./sets/included.ts";
import { thyroidSet } from "./sets/thyroid.ts";
import { readDataFile } from "./stored/files.ts";
import { readIncluded } from "./stored/included.ts";

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
 * The 1,599 red wines of Cortez et al. 2009: eleven chemical measurements; the label is the quality, 3 … 8. They come with
 * the library.
 *
 * @throws DataError when the library's file is gone or was changed
 */
export async function wineQuality(): Promise<Measurements> {
  return measurements(await readIncluded(wineQualityFile), wineQualityFile.title);
}

/**
 * The 3,772 thyroid patients of ADBench: six measurements scaled to 0 … 1; the label is 1 for the 93 anomalies, else 0.
 *
 * @throws DataError when the file cannot be had or is damaged
 */
export async function thyroid(): Promise<Measurements> {
  return measurements(await readDataFile(thyroidSet, thyroidSet.files.table), thyroidSet.title);
}

/** The last column is the label. */
async function measurements(content: Buffer, title: string): Promise<Measurements> {
  const table = readCsv(content, title);
  const last = table.columns.length - 1;
  return {
    features: await matrix(numbersOf(table, 0, last), table.rows.length),
    columns: table.columns.slice(0, last),
    labels: labelsOf(table, last),
  };
}
