// Collects JupyterLab's wheels for every Python that a student may have, and TensorFlow's.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../root.mjs";
import { ArchiveFailure } from "./failure.mjs";

export const PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"];

const SCRIPT = fileURLToPath(new URL("download_wheels.py", import.meta.url));
const REQUIREMENTS = join(root, "scripts", "requirements.txt");

// The oldest systems that TensorFlow's own wheels are for; newer ones take these too.
const SYSTEMS = {
  "linux-x64": { system: "linux", machine: "x86_64", tags: manylinux("x86_64") },
  "linux-arm64": { system: "linux", machine: "aarch64", tags: manylinux("aarch64") },
  "darwin-arm64": { system: "darwin", machine: "arm64", tags: ["macosx_12_0_arm64"] },
};

export const platforms = Object.keys(SYSTEMS);

function manylinux(machine) {
  const versions = ["_2_5", "_2_12", "_2_17", "_2_24", "_2_26", "_2_27", "1", "2010", "2014"];
  return versions.map(version => `manylinux${version}_${machine}`);
}

/** The wheels of `requirements.txt` for each Python, one folder for all: most of them fit every version. */
export async function collectWheels(python, platform, folder, advance = () => {}) {
  await rm(folder, { recursive: true, force: true });
  const requirements = await readFile(REQUIREMENTS, "utf8");
  const releases = PYTHONS.flatMap(each => releasesOf(each, requirements));
  for (const [at, version] of releases.entries()) {
    advance(`Python ${version}`, at / releases.length);
    await pipDownload(python, platform, version, ["-d", folder, "--require-hashes", "-r", REQUIREMENTS]);
  }
  return (await readdir(folder)).sort().map(name => join(folder, name));
}

/** The releases of a Python between which its requirements differ: `python_full_version < "3.11.5"` parts 3.11 in two. */
export function releasesOf(version, requirements) {
  const named = requirements.matchAll(/python_full_version [<>=!]+ '([\d.]+)'/g);
  const releases = [...named].map(([, release]) => release).filter(release => release.startsWith(`${version}.`));
  return [...new Set([`${version}.0`, ...releases])].sort();
}

/** TensorFlow's wheel as the set-up describes it; one that an earlier run left in `folder` is taken. */
export async function collectTensorFlow(python, platform, wheel, wheelPython, folder) {
  await mkdir(folder, { recursive: true });
  const there = await matching(folder, wheel.sha256);
  if (there !== undefined) return there;
  const requirement = join(folder, "requirement.txt");
  await writeFile(requirement, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const args = ["--no-deps", "--no-cache-dir", "-d", folder, "-r", requirement];
  await pipDownload(python, platform, `${wheelPython}.0`, args);
  return await matching(folder, wheel.sha256);
}

async function matching(folder, sha256) {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".whl")) continue;
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk);
    if (hash.digest("hex") === sha256) return join(folder, name);
  }
  return undefined;
}

async function pipDownload(python, platform, release, args) {
  const { system, machine, tags } = SYSTEMS[platform];
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check"];
  const choice = ["--only-binary=:all:", "--implementation=cp", ...tags.map(tag => `--platform=${tag}`)];
  const all = [SCRIPT, release, system, machine, ...quiet, ...choice, ...args];
  await new Promise((resolve, reject) => {
    execFile(python, all, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) return resolve();
      const lines = `${stdout}${stderr}`.trim().split("\n").slice(-8).join("\n");
      reject(new ArchiveFailure(`${lines}\npip could not fetch the wheels for Python ${release}: check the network.`));
    });
  });
}
