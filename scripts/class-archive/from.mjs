// "npm start -- --from <archive>": an archive instead of a network.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { BootstrapFailure, refuseReadOnlyClone, root, step } from "../bootstrap.mjs";
import { extract, openArchive, verify } from "./archive.mjs";
import { fitsHere } from "./course.mjs";
import { download, isAddress, targetOf } from "./download.mjs";
import { withEnvironment } from "./environment.mjs";
import { ArchiveFailure } from "./failure.mjs";
import { npmSettings, withRegistry } from "./registry.mjs";

/** The archive that the arguments name, and the arguments without it. What stands behind `homework collect` is its own. */
export function takeFrom(args) {
  const collect = args.findIndex((argument, i) => argument === "collect" && args[i - 1] === "homework");
  const ours = collect < 0 ? args : args.slice(0, collect);
  const at = ours.findIndex(argument => argument === "--from" || argument.startsWith("--from="));
  if (at < 0) return { from: undefined, rest: args };
  const joined = args[at].startsWith("--from=");
  const from = joined ? args[at].slice("--from=".length) : args[at + 1];
  if (from === undefined || from === "") {
    throw new BootstrapFailure("--from takes the name or the address of a class archive.");
  }
  return { from, rest: args.toSpliced(at, joined ? 1 : 2) };
}

const PIN = "#sha256=";

/** The archive's name or address, and the digits of its checksum that are demanded. */
export function pinOf(from) {
  const at = from.lastIndexOf(PIN);
  // An address has no other use for a `#`: what was mistyped must not pass as no demand at all.
  if (at < 0 && !(isAddress(from) && from.includes("#"))) return { place: from, pinned: "" };
  const digits = at < 0 ? "" : from.slice(at + PIN.length);
  const pinned = digits.replaceAll(" ", "").toLowerCase();
  if (/^[0-9a-f]{16,64}$/.test(pinned)) return { place: from.slice(0, at), pinned };
  throw new BootstrapFailure(
    `Behind the archive's address comes ${PIN}, which takes the 16 digits that stand on the board, or all 64 of the archive's checksum.`,
  );
}

/** The archive, proved from its first byte to its last and fit for this clone; an address is downloaded first. */
export async function takeArchive(from, folder) {
  const { place, pinned } = pinOf(from);
  const path = isAddress(place) ? await downloaded(place) : resolve(folder, place);
  try {
    const archive = await openArchive(path, fitsHere(basename(path)));
    await step(`checksums of ${basename(path)}`, advance => verify(archive, advance, pinned));
    return archive;
  } catch (error) {
    // What was downloaded here and is of no use would be taken again by the next call.
    if (isAddress(place) && error instanceof ArchiveFailure) rmSync(path, { force: true });
    throw error;
  }
}

async function downloaded(address) {
  refuseReadOnlyClone(root);
  const target = targetOf(address);
  if (!existsSync(target))
    await step(`download of ${basename(target)}`, advance => download(address, target, { advance }));
  return target;
}

/** Runs the bootstrap with an npm that finds its packages in the archive. */
export async function bootstrapFrom(archive, bootstrap) {
  const cache = mkdtempSync(join(tmpdir(), "latent-npm-"));
  const tidy = () => rmSync(cache, { recursive: true, force: true });
  // Ctrl-C ends the process where it stands.
  process.once("exit", tidy);
  try {
    await withRegistry(archive, archive.manifest.packages, address =>
      withEnvironment(npmSettings(address, cache), bootstrap),
    );
  } finally {
    process.off("exit", tidy);
    tidy();
  }
}

/** What the set-up is told of the archive. */
export function offerOf(archive) {
  const { engine, tensorflow, wheels, pythons, data } = archive.manifest;
  return {
    name: basename(archive.path),
    ...{ engine, tensorflow, wheels, pythons, data },
    extract: (member, target, options) => extract(archive, member, target, options),
  };
}
