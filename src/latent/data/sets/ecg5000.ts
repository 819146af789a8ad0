import type { DataFile, DataSet } from "../stored/packing.ts";
import { written } from "../stored/written.ts";
import { memberOf } from "../stored/zip.ts";

const PINNED =
  "https://raw.githubusercontent.com/HFuoc/ECG5000-Anomaly/aa4773795d825b890cfe9b12640bfb350a68b516/data/raw/";
const ARCHIVE = "https://www.timeseriesclassification.com/aeon-toolkit/ECG5000.zip";

/** The UCR archive's text, alone or in its zip, and the same numbers as CSV with a header; the content is the CSV. */
function part(name: "TRAIN" | "TEST", csv: string, csvPacked: string, text: string, bytes: number): DataFile {
  const file = `ECG5000_${name}.txt`;
  return {
    sha256: csv,
    packings: [
      { name: `ecg5000_${name.toLowerCase()}.csv.gz`, addresses: [], sha256: csvPacked },
      { name: file, addresses: [`${PINNED}${file}`], sha256: text, bytes, read: csvOfArchive },
      { name: "ECG5000.zip", addresses: [ARCHIVE], read: zip => csvOfArchive(memberOf(zip, file)) },
    ],
  };
}

/** The archive's columns of 16 characters (`%16.7e`: the label, then 140 values) as lines of CSV below a header. */
export function csvOfArchive(text: Buffer): Buffer {
  const lines = text.toString("latin1").trimEnd().split(/\r?\n/);
  const rows = lines.map(line =>
    line
      .trim()
      .split(/\s+/)
      .map(cell => written(Number(cell)))
      .join(","),
  );
  const header = ["label", ...Array.from({ length: 140 }, (_, time) => `t${time}`)].join(",");
  return Buffer.from(`${[header, ...rows].join("\n")}\n`);
}

/** ECG5000 of the UCR archive: heartbeats of PhysioNet's BIDMC congestive heart failure database, record chf07. */
export const ecg5000Set: DataSet<"train" | "test"> = {
  title: "ECG5000",
  folder: "ecg5000",
  licence: "PhysioNet (BIDMC Congestive Heart Failure Database); cite Goldberger et al. 2000 and the UCR archive",
  files: {
    train: part(
      "TRAIN",
      "41f38b02776ec9cd345f6353809e4c08eb7f2e4915851f27fc8a16e5559a133e",
      "566b4d8180ab1464bd535184a33a48d897ee1965465337376a23c7742bb52cb5",
      "0d96aff193311a6dc6111bf0dbd2f7d2313987fbf7a1da4a383d92563876057b",
      1_128_500,
    ),
    test: part(
      "TEST",
      "63d405759d6a3c9e909b827d057235364d22c4b6077faef80394501953402bb3",
      "7ea69cf01f26aff4dea071a65ade5648b577fc9a8e9e0fa7fd2c7d04ab5c45fa",
      "baf4ad57d28daa5e79050edd4185968181762bc83d45a757753015b4ba8ab295",
      10_156_500,
    ),
  },
};
