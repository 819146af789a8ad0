import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deflateRawSync, gunzipSync } from "node:zlib";
import { withoutData } from "../../testkit/needs.ts";
import { binarizedMnistSet } from "./sets/binarized.ts";
import { ecg5000Set } from "./sets/ecg5000.ts";
import { fashionMnistSet, mnistSet } from "./sets/mnist.ts";
import { csvOfThyroid, thyroidSet } from "./sets/thyroid.ts";
import { unpackBits } from "./stored/bits.ts";
import { contentOf, sha256Of } from "./stored/checksum.ts";
import type { DataFile, DataSet, Packing } from "./stored/packing.ts";

const skip = withoutData();
const sets: DataSet[] = [mnistSet, fashionMnistSet, binarizedMnistSet, ecg5000Set, thyroidSet];

/** The file as the data folder has it, unpacked. */
function stored(set: DataSet, { packings: [packing] }: DataFile): Buffer {
  const { name } = packing as Packing;
  const bytes = readFileSync(join(process.env.LATENT_DATA as string, set.folder, name));
  return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** Proves that the packing of this name, made of `bytes`, has the file's content. */
function prove(file: DataFile, name: string, bytes: Buffer): void {
  const packing = file.packings.find(each => each.name === name) as Packing;
  assert.equal(sha256Of(contentOf(bytes, packing, file)), file.sha256);
}

test("every packing in the table has addresses that end in its name, or is for data folders", () => {
  for (const set of sets) {
    for (const file of Object.values(set.files)) {
      assert.match(file.sha256, /^[0-9a-f]{64}$/);
      assert.ok(
        file.packings.some(({ addresses }) => addresses.length > 0),
        set.title,
      );
      for (const { name, addresses, sha256 } of file.packings) {
        for (const address of addresses) assert.ok(address.startsWith("http") && address.endsWith(`/${name}`), address);
        assert.match(sha256 ?? file.sha256, /^[0-9a-f]{64}$/);
      }
    }
  }
});

test("no two sets keep files of the same name in the same folder", () => {
  const places = sets.flatMap(set =>
    Object.values(set.files).flatMap(file => file.packings.map(({ name }) => `${set.folder}/${name}`)),
  );
  const shared = places.filter((each, i) => places.indexOf(each) !== i);
  assert.deepEqual(shared, ["ecg5000/ECG5000.zip"]); // one archive with both parts
});

test("Larochelle's text files have the checksums of TensorFlow Datasets and give the same bits", { skip }, () => {
  for (const [name, file] of Object.entries(binarizedMnistSet.files).slice(1)) {
    const pixels = unpackBits(stored(binarizedMnistSet, file));
    const text = Buffer.alloc(2 * pixels.length);
    pixels.forEach((pixel, i) => {
      text[2 * i] = 48 + pixel;
      text[2 * i + 1] = i % 784 === 783 ? 10 : 32;
    });
    prove(file, `binarized_mnist_${name}.amat`, text);
  }
});

test("the UCR archive's text, alone or in a zip, has its checksum and gives the same table", { skip }, () => {
  const file = ecg5000Set.files.train;
  const rows = stored(ecg5000Set, file).toString().trimEnd().split("\n").slice(1);
  const text = Buffer.from(`${rows.map(row => row.split(",").map(column).join("")).join("\n")}\n`);
  prove(file, "ECG5000_TRAIN.txt", text);
  prove(file, "ECG5000.zip", zip({ "README.md": Buffer.from("ECG"), "ECG5000_TRAIN.txt": text }));
});

/** C's `%16.7e`. */
function column(value: string): string {
  const [digits, exponent] = Number(value).toExponential(7).split("e") as [string, string];
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`.padStart(16);
}

test("ADBench's arrays give the table of nine digits", { skip }, () => {
  const file = thyroidSet.files.table;
  const rows = stored(thyroidSet, file).toString().trimEnd().split("\n").slice(1);
  const numbers = rows.map(row => row.split(",").map(Number));
  // more digits than nine, as in the original
  const x = numbers.flatMap(row => row.slice(0, -1)).map(value => value * (1 + 1e-12));
  const y = numbers.map(row => row.at(-1) as number);
  const arrays = { "X.npy": npy(x, [3772, 6], "<f8"), "y.npy": npy(y, [3772], "<i8") };
  prove(file, "38_thyroid.npz", zip(arrays));
  assert.throws(() => csvOfThyroid(zip({ "X.npy": arrays["X.npy"] })), /has no y\.npy/);
  assert.throws(() => csvOfThyroid(Buffer.from("an error page")), /no zip archive/);
});

function npy(values: number[], shape: number[], type: "<f8" | "<i8"): Buffer {
  const head = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const header = Buffer.from(`${head.padEnd(117)}\n`);
  const length = Buffer.from([header.length, 0]);
  const numbers = type === "<f8" ? Float64Array.from(values) : BigInt64Array.from(values, BigInt);
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, header, Buffer.from(numbers.buffer)]);
}

/** A zip archive of deflated members. Their CRCs are left out, which nobody reads here: a sha256 follows. */
function zip(members: Record<string, Buffer>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const packed = deflateRawSync(content);
    const local = record(30, { 0: 0x04034b50, 18: packed.length, 22: content.length }, { 8: 8, 26: name.length });
    const entry = record(
      46,
      { 0: 0x02014b50, 20: packed.length, 24: content.length, 42: offset },
      { 10: 8, 28: name.length },
    );
    files.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record(22, { 0: 0x06054b50, 12: length, 16: offset }, { 10: Object.keys(members).length });
  return Buffer.concat([...files, ...directory, end]);
}

/** A record with 32-bit and 16-bit numbers at the given offsets, little-endian. */
function record(length: number, wide: Record<number, number>, narrow: Record<number, number>): Buffer {
  const bytes = Buffer.alloc(length);
  for (const [at, value] of Object.entries(wide)) bytes.writeUInt32LE(value, Number(at));
  for (const [at, value] of Object.entries(narrow)) bytes.writeUInt16LE(value, Number(at));
  return bytes;
}
