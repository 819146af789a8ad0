// For tests: small archives, and folders that go with their test.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeArchive } from "./archive.mjs";
import { BLOCK, headerOf, paddingOf } from "./tar.mjs";

export function emptyFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const PLATFORM = "linux-x64";
export const COURSE = "this state";

/** Writes an archive of these contents by their names; returns its path. */
export async function archiveOf(folder, contents, manifest = {}) {
  const files = Object.entries(contents).map(([name, content]) => {
    const bytes = Buffer.from(content);
    const path = join(folder, "parts", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return { name, path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const path = join(folder, `latent-class-${PLATFORM}-0.0.1.tar`);
  const about = { platform: PLATFORM, course: COURSE, commit: "abc1234", version: "0.0.1", ...manifest };
  await writeArchive(path, about, files);
  return path;
}

/** An npm package as the registry has it, with one file that exports its version. */
export function packageOf(name, version) {
  const files = {
    "package/package.json": JSON.stringify({ name, version, main: "index.js" }),
    "package/index.js": `module.exports = ${JSON.stringify(version)};\n`,
  };
  const blocks = Object.entries(files).flatMap(([path, text]) => [
    headerOf(path, text.length),
    Buffer.from(text),
    Buffer.alloc(paddingOf(text.length)),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}
