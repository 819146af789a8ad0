import { readNpy } from "../stored/npy.ts";
import type { DataSet } from "../stored/packing.ts";
import { written } from "../stored/written.ts";
import { memberOf } from "../stored/zip.ts";

/** The set "thyroid" of ADBench (Han et al. 2022): UCI's ann-thyroid, its six real inputs scaled to 0 … 1. */
export const thyroidSet: DataSet<"table"> = {
  title: "Thyroid",
  folder: "tabular",
  licence: "CC BY 4.0, R. Quinlan, UCI Machine Learning Repository; BSD-2-Clause, ADBench",
  files: {
    table: {
      sha256: "857e457b8c6c9767923ade969a71e2fef1345e639e5458679e7d9d6e1a27c84c",
      packings: [
        { name: "thyroid_anomaly.csv", addresses: [] },
        {
          name: "38_thyroid.npz",
          addresses: [
            "https://raw.githubusercontent.com/Minqi824/ADBench/3dac8221081e190f157d78e93bfa8867f90d0965/adbench/datasets/Classical/38_thyroid.npz",
          ],
          read: csvOfThyroid,
        },
      ],
    },
  },
};

/** ADBench's arrays `X` `[3772, 6]` and `y` `[3772]` as CSV of nine significant digits, which is what the checksum is of. */
export function csvOfThyroid(npz: Buffer): Buffer {
  const { shape, values } = readNpy(memberOf(npz, "X.npy"));
  const anomaly = readNpy(memberOf(npz, "y.npy")).values;
  const columns = shape[1] ?? 1;
  const nine = (value: number): string => written(Number(value.toPrecision(9)));
  const rows = Array.from(anomaly, (label, row) => {
    const inputs = Array.from(values.subarray(row * columns, (row + 1) * columns), nine);
    return [...inputs, label].join(",");
  });
  return Buffer.from(`${["age,TSH,T3,TT4,T4U,FTI,anomaly", ...rows].join("\n")}\n`);
}
