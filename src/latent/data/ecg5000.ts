import type { Tensor2D } from "@tensorflow/tfjs-node";
import { labelsOf, numbersOf, readCsv } from "./csv.ts";
import type { TrainAndTest } from "./idx-images.ts";
import { matrix } from "./matrix.ts";
import { ecg5000Set } from "./sets/ecg5000.ts";
import { readDataFile } from "./stored/files.ts";
import type { DataFile } from "./stored/packing.ts";

const SAMPLES = 140;

/** Heartbeats of one electrode. */
export interface Heartbeats {
  /** One heartbeat a row, `[n, 140]`, float32; each has mean 0 and standard deviation 1. */
  beats: Tensor2D;
  /** 1 normal, 2 R-on-T, 3 premature ventricular, 4 supraventricular, 5 unclassified. */
  labels: Uint8Array;
}

/**
 * ECG5000 of the UCR archive: 500 + 4,500 heartbeats of 140 samples. As an anomaly set: train on label 1 alone and score
 * by the error of reconstruction.
 *
 * @throws DataError when it cannot be had or is damaged
 */
export async function ecg5000(): Promise<TrainAndTest<Heartbeats>> {
  return { train: await part(ecg5000Set.files.train), test: await part(ecg5000Set.files.test) };
}

async function part(file: DataFile): Promise<Heartbeats> {
  const table = readCsv(await readDataFile(ecg5000Set, file), ecg5000Set.title);
  return { beats: await matrix(numbersOf(table, 1, 1 + SAMPLES), table.rows.length), labels: labelsOf(table, 0) };
}
