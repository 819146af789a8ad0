// Puts a class archive together; what is fetched stays in bundle/parts, so that a second run is short.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrap, root, step } from "../bootstrap.mjs";
import { checksumOf, writeArchive } from "./archive.mjs";
import { courseHash, ownPlatform } from "./course.mjs";
import { collectData } from "./data-sets.mjs";
import { ArchiveFailure } from "./failure.mjs";
import { collectEngine } from "./finished-engine.mjs";
import { packagesFor } from "./lock-file.mjs";
import { collectPackages } from "./npm-packages.mjs";
import { collectTensorFlow, collectWheels, PYTHONS } from "./python-wheels.mjs";

export const folder = join(root, "bundle");

/** Makes the archive for a platform and returns its path; the finished engine is in it for this machine's own. */
export async function makeArchive(platform) {
  await bootstrap();
  const { setUpForArchive } = await import("../../dist/cli/index.js");
  const { placesOf, venvPython, wheelFor, WHEEL_PYTHON } = await import("../../dist/setup/index.js");
  const own = platform === ownPlatform;
  if ((await setUpForArchive({ engine: own })) !== 0) throw new ArchiveFailure("No archive was made.");
  const job = {
    ...{ platform, own, parts: join(folder, "parts", platform), python: venvPython(placesOf(root)) },
    ...{
      wheel: wheelFor({ platform: platform.split("-")[0], arch: platform.split("-")[1] }),
      wheelPython: WHEEL_PYTHON,
    },
  };
  const { manifest, files } = await collect(job);
  const path = join(folder, `latent-class-${platform}-${manifest.version}.tar`);
  await sweep();
  await timed("archive", advance => writeChecked(path, manifest, files, advance));
  return path;
}

/** Removes what a run that was ended half-way wrote of an archive. */
async function sweep() {
  for (const name of await readdir(folder)) if (name.endsWith(".part")) await rm(join(folder, name));
}

async function collect(job) {
  const packages = await timed("npm packages", advance => npmPackages(job, advance));
  const wheels = await timed(`wheels for Python ${PYTHONS.join(", ")}`, advance =>
    collectWheels(job.python, job.platform, join(job.parts, "python"), advance),
  );
  const tensorflow = await timed("TensorFlow's wheel", () =>
    collectTensorFlow(job.python, job.platform, job.wheel, job.wheelPython, join(job.parts, "tensorflow")),
  );
  const engine = job.own
    ? await timed("finished engine", () => collectEngine(join(job.parts, "engine")))
    : { engine: undefined, files: [] };
  const data = await timed("data", () => dataSets(job));
  return {
    manifest: {
      ...about(job.platform),
      packages: packages.map(({ name, version, integrity, member }) => ({ name, version, integrity, member })),
      pythons: PYTHONS,
      wheels: wheels.map(wheelMember),
      tensorflow: wheelMember(tensorflow),
      engine: engine.engine,
      data: data.map(({ path, place }) => ({ member: `data/${place}`, bytes: statSync(path).size, path: place })),
    },
    files: [
      { name: "NOTICE.md", path: fileURLToPath(new URL("NOTICE.md", import.meta.url)) },
      ...packages.map(({ member, path }) => ({ name: member, path })),
      ...[...wheels, tensorflow].map(path => ({ name: wheelMember(path), path })),
      ...engine.files,
      ...data.map(({ path, place }) => ({ name: `data/${place}`, path })),
    ],
  };
}

function about(platform) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  return { version, commit, platform, course: courseHash(), node: process.version };
}

async function npmPackages({ platform, parts }, advance) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return await collectPackages(packagesFor(lock, platform), join(parts, "npm"), advance);
}

async function dataSets({ parts }) {
  const data = join(parts, "data");
  await rm(data, { recursive: true, force: true });
  const { found, lacking } = await collectData(data);
  if (lacking.length > 0) process.stderr.write(`not to be had, so left out: ${lacking.join(", ")} … `);
  return found;
}

/** A wheel's name can be longer than a tar has room for: project and version become a folder. */
function wheelMember(path) {
  return `python/${basename(path).replace(/^([^-]+-[^-]+)-/, "$1/")}`;
}

async function writeChecked(path, manifest, files, advance) {
  const checked = [];
  for (const [at, { name, path: file }] of files.entries()) {
    advance(`${at} of ${files.length} files`, at / files.length);
    checked.push({ name, path: file, bytes: statSync(file).size, sha256: await checksumOf(file) });
  }
  await writeArchive(path, manifest, checked);
}

async function timed(name, action) {
  let result;
  await step(name, async advance => {
    result = await action(advance);
  });
  return result;
}
