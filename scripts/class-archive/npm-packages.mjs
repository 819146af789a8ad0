// Collects the npm packages of the lock file as the files that the registry has.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../root.mjs";
import { ArchiveFailure } from "./failure.mjs";

// One call takes seconds a package; many in one command line are an argument list that no system minds.
const AT_ONCE = 40;

/**
 * The packages with the file of each in `folder`; what an earlier run left there is taken where it is right. `advance` hears
 * how far it is.
 */
export async function collectPackages(packages, folder, advance = () => {}) {
  await mkdir(folder, { recursive: true });
  const missing = [];
  for (const each of packages) if (!(await isThere(join(folder, fileOf(each)), each))) missing.push(each);
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    advance(`${at} of ${missing.length} packages`, at / missing.length);
    await pack(missing.slice(at, at + AT_ONCE), folder);
  }
  const files = [];
  for (const each of packages) {
    const path = join(folder, fileOf(each));
    const integrity = await sha512Of(path);
    if (each.integrity !== undefined && each.integrity !== integrity) {
      throw new ArchiveFailure(`The registry's ${each.name} ${each.version} is not the one of package-lock.json.`);
    }
    files.push({ ...each, integrity, member: `npm/${fileOf(each)}`, path });
  }
  return files;
}

function fileOf({ name, version }) {
  return `${name.replace("/", "+")}-${version}.tgz`;
}

// npm renames a file into place only when it is whole, and so do we; without a known checksum its being there is enough.
async function isThere(path, { integrity }) {
  try {
    const found = await sha512Of(path);
    return integrity === undefined || found === integrity;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

async function sha512Of(path) {
  const hash = createHash("sha512");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha512-${hash.digest("base64")}`;
}

/** "npm pack" asks the registry that npm is set up for, with its account, proxy and certificates. */
async function pack(packages, folder) {
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  const output = await npm(["pack", "--json", "--prefer-offline", `--pack-destination=${folder}`, ...specs]);
  for (const { name, version, filename } of Object.values(JSON.parse(output))) {
    await rename(join(folder, filename), join(folder, fileOf({ name, version })));
  }
}

async function npm(args) {
  const own = process.env.npm_execpath;
  const [program, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  return await new Promise((resolve, reject) => {
    execFile(program, [...first, ...args], { cwd: root, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const reason = stderr.split("\n").filter(line => line.startsWith("npm error"));
      reject(
        new ArchiveFailure(`${reason.slice(0, 6).join("\n")}\nnpm could not fetch the packages: check the network.`),
      );
    });
  });
}
