import { readNpy } from "../stored/npy.ts";
import type { DataSet } from "../stored/packing.ts";
import { written } from "../stored/written.ts";
import { memberOf } from "../stored/zip.ts";

/** First names of the US Social Security Administration, 2018, as makemore has them. */
export const namesSet: DataSet<"names"> = {
  title: "names.txt",
  folder: "text",
  licence: "MIT, Andrej Karpathy (makemore); names of the US Social Security Administration",
  files: {
    names: {
      sha256: "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
      packings: [
        {
          name: "names.txt",
          bytes: 228_145,
          addresses: [
            "https://raw.githubusercontent.com/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4/names.txt",
          ],
        },
      ],
    },
  },
};

/** Horst, Hill and Gorman 2020, doi:10.5281/zenodo.3960218. */
export const penguinsSet: DataSet<"table"> = {
  title: "Palmer penguins",
  folder: "tabular",
  licence: "CC0 1.0, Allison Horst, Alison Hill and Kristen Gorman",
  files: {
    table: {
      sha256: "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
      packings: [
        {
          name: "penguins.csv",
          bytes: 15_241,
          addresses: [
            "https://raw.githubusercontent.com/allisonhorst/palmerpenguins/8957207b78d6ccd1b4654a9dd9c9041b657478ab/inst/extdata/penguins.csv",
          ],
        },
      ],
    },
  },
};

/** Cortez et al. 2009, doi:10.1016/j.dss.2009.05.016. The public file has a byte-order mark and CRLF, the content has not. */
export const wineQualitySet: DataSet<"table"> = {
  title: "Wine quality (red)",
  folder: "tabular",
  licence: "CC BY 4.0, Cortez et al., UCI Machine Learning Repository",
  files: {
    table: {
      sha256: "beeb42e13e74d1cabcdf3f1d7fe5a3c6ce9cabe6a2ab84a564f6bc0cdd5aea26",
      packings: [
        {
          name: "winequality-red.csv",
          addresses: [
            "https://raw.githubusercontent.com/plotly/datasets/0c447c47b757ad74edecab31f0d72f849d2e67c2/winequality-red.csv",
          ],
          read: text =>
            Buffer.from(
              text
                .toString("utf8")
                .replace(/^\ufeff/, "")
                .replaceAll("\r\n", "\n"),
            ),
        },
      ],
    },
  },
};

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
