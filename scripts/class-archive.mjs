// npm run bundle [-- --platform linux-arm64] [--serve] [--port 8000]: one archive from which a class sets up without a
// network.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BootstrapFailure, root, runMain } from "./bootstrap.mjs";
import { checksumOf } from "./class-archive/archive.mjs";
import { ownPlatform } from "./class-archive/course.mjs";
import { archivesIn, instructions, ownAddresses, REPOSITORY, serverOf } from "./class-archive/lan.mjs";
import { folder, makeArchive } from "./class-archive/make.mjs";
import { platforms } from "./class-archive/python-wheels.mjs";

await runMain(async () => {
  const options = {
    platform: { type: "string", default: ownPlatform },
    serve: { type: "boolean" },
    port: { type: "string", default: "8000" },
  };
  const { platform, serve, port } = readArguments(options);
  if (!serve || !existsSync(folder) || archivesIn(folder).length === 0) await make(platform);
  if (serve) return await serveUntilStopped(Number(port));
  const lines = instructions("<folder>", archivesIn(folder), await checksums());
  process.stderr.write(`\nFrom a stick, after the folder ${folder} was copied:\n${indented(lines)}`);
  process.stderr.write('\nOver Wi-Fi: "npm run bundle -- --serve" serves the folder and says what students type.\n');
});

function readArguments(options) {
  try {
    const { values } = parseArgs({ options });
    if (!platforms.includes(values.platform)) {
      throw new Error(`There is no TensorFlow for ${values.platform}: name one of ${platforms.join(", ")}.`);
    }
    if (!/^\d+$/.test(values.port) || Number(values.port) > 65535) {
      throw new Error(`--port takes a number up to 65535, not "${values.port}".`);
    }
    return values;
  } catch (error) {
    throw new BootstrapFailure(error.message);
  }
}

async function make(platform) {
  // Asked first: the repository is half of what a class needs.
  git(["rev-parse", "HEAD"]);
  const path = await makeArchive(platform);
  // A branch of its own name, whatever is checked out here: a clone of a bundle needs one to check out.
  git(["bundle", "create", join(folder, REPOSITORY), "HEAD", git(["rev-parse", "--abbrev-ref", "HEAD"]).trim()]);
  process.stderr.write(`\n${path}: ${Math.round(statSync(path).size / 1e6)} MB\n`);
  if (git(["status", "--porcelain"]) !== "") {
    process.stderr.write(`What is not committed is not in ${REPOSITORY}.\n`);
  }
}

function git(args) {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const reason = error.stderr?.trim() || error.message;
    throw new BootstrapFailure(`${reason}\nAn archive is made of a git clone: clone Latent and run the command there.`);
  }
}

async function serveUntilStopped(port) {
  const server = serverOf(folder);
  await new Promise((resolve, reject) => {
    const refuse = error =>
      reject(new BootstrapFailure(`Port ${port} is not to be had (${error.code}): name another.`));
    server.once("error", refuse).listen(port, resolve);
  });
  const sums = await checksums();
  for (const address of ownAddresses()) {
    const lines = instructions(`http://${address}:${port}`, archivesIn(folder), sums);
    process.stderr.write(`\nStudents type, or read at http://${address}:${port}/ :\n${indented(lines)}`);
  }
  process.stderr.write("\nCtrl-C ends it.\n");
  return await new Promise(() => {});
}

/** The checksum of each archive, printed for the board: whoever demands it takes no other archive for this one. */
async function checksums() {
  const sums = {};
  for (const name of archivesIn(folder)) {
    sums[name] = await checksumOf(join(folder, name));
    const [board, rest] = [sums[name].slice(0, 16), sums[name].slice(16)];
    process.stderr.write(`\n${name}\n    sha256 ${board} ${rest}\n`);
  }
  process.stderr.write("For the board: the first 16 digits, which students type behind the archive's name.\n");
  return sums;
}

function indented(lines) {
  return lines.map(line => `    ${line}\n`).join("");
}
