import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { DataError } from "./errors.ts";
import { dataFolders, readDataFile } from "./files.ts";
import { type DataFile, type DataSet, mnistSet } from "./sets.ts";

const folder = await mkdtemp(join(tmpdir(), "latent-data-"));
after(() => rm(folder, { recursive: true }));

const content = Buffer.from("seven");
const packed = gzipSync(content);
const good: DataFile = { name: "good.gz", sha256: createHash("sha256").update(packed).digest("hex") };
const set: DataSet = {
  title: "Seven",
  folder: "seven",
  files: { good },
  mirrors: ["https://a/", "https://b/"],
  licence: "",
};

/** Puts files into `<folder>/<place>/seven` and gives an environment that looks there. */
async function place(name: string, files: Record<string, Buffer>) {
  await mkdir(join(folder, name, "seven"), { recursive: true });
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(folder, name, "seven", file), bytes);
  return { LATENT_DATA: join(folder, name), XDG_CACHE_HOME: join(folder, "no-cache") };
}

test("a file of LATENT_DATA is checked and unpacked", async () => {
  const env = await place("plain", { "good.gz": packed });
  assert.deepEqual(await readDataFile(set, [good], env), content);
});

test("a file that LATENT_DATA lacks is taken from the cache", async () => {
  const cache = join(folder, "cache", "latent", "data", "seven");
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, "good.gz"), packed);
  const env = { LATENT_DATA: join(folder, "nowhere"), XDG_CACHE_HOME: join(folder, "cache") };
  assert.deepEqual(await readDataFile(set, [good], env), content);
});

test("a file with another checksum is refused by its path, with both sums and the remedy", async () => {
  const env = await place("damaged", { "good.gz": gzipSync("eight") });
  await assert.rejects(readDataFile(set, [good], env), (error: Error) => {
    assert.ok(error instanceof DataError);
    assert.ok(error.message.includes(join(folder, "damaged", "seven", "good.gz")));
    assert.ok(error.message.includes(good.sha256 as string));
    assert.match(error.message, /Delete the file and put a good copy there/);
    return true;
  });
});

test("a file without a known checksum that does not unpack is refused", async () => {
  const env = await place("cut", { "free.gz": packed.subarray(0, 12) });
  await assert.rejects(readDataFile(set, [{ name: "free.gz" }], env), /damaged: it does not unpack/);
});

test("a file that is nowhere is an error with the variable, the folders and every mirror", async () => {
  const env = { XDG_CACHE_HOME: join(folder, "no-cache") };
  await assert.rejects(readDataFile(set, [good], env), (error: Error) => {
    assert.ok(error instanceof DataError);
    assert.match(error.message, /LATENT_DATA is not set/);
    assert.ok(error.message.includes(join(folder, "no-cache", "latent", "data", "seven")));
    assert.match(error.message, /https:\/\/a\/good\.gz or https:\/\/b\/good\.gz/);
    return true;
  });
});

test("LATENT_DATA comes before the cache, and an empty one counts as unset", () => {
  const cache = join("/c", "latent", "data");
  assert.deepEqual(dataFolders({ LATENT_DATA: "/d", XDG_CACHE_HOME: "/c" }), ["/d", cache]);
  assert.deepEqual(dataFolders({ LATENT_DATA: "", XDG_CACHE_HOME: "/c" }), [cache]);
});

test("every file of MNIST has a sha256 and every mirror ends where a name can follow", () => {
  for (const file of Object.values(mnistSet.files)) assert.match(file.sha256 ?? "", /^[0-9a-f]{64}$/);
  for (const mirror of mnistSet.mirrors) assert.match(mirror, /^https:\/\/.*\/$/);
});
