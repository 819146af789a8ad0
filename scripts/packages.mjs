// The npm packages of a clone: whether they are those that package.json asks for, and how they come.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { BootstrapFailure } from "./failure.mjs";
import { runQuietly } from "./program.mjs";
import { root } from "./root.mjs";

const TRIES = 3;
// npm itself asks for each package up to three times; its own pauses of 10 and 60 seconds would make a missing network
// take four minutes to say so.
const NPM_CI = [
  "ci",
  "--include=dev",
  "--no-audit",
  "--no-fund",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];
// Scripts and descriptions in package.json change often and install nothing; these fields do.
const FIELDS_THAT_INSTALL = ["dependencies", "devDependencies", "optionalDependencies", "overrides"];

/** What decides which packages are installed, as one hash. */
export function packagesHash(folder = root) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const field of FIELDS_THAT_INSTALL) hash.update(`${field} ${JSON.stringify(manifest[field] ?? {})}\n`);
  for (const name of ["package-lock.json", ".npmrc"]) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

// The stamp lies in node_modules, so that whoever deletes the packages deletes the claim that they are there.
const stampOf = folder => join(folder, "node_modules", ".latent-stamp");

export function packagesAreCurrent(folder = root) {
  const stamp = stampOf(folder);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === packagesHash(folder);
}

export function stampPackages(folder = root) {
  const stamp = stampOf(folder);
  writeFileSync(`${stamp}.${process.pid}`, packagesHash(folder));
  renameSync(`${stamp}.${process.pid}`, stamp);
}

/** `latent` among the packages: stock tslab finds a package there only, and not by its reference to itself. */
export function linkOwnPackage(folder = root) {
  const link = join(folder, "node_modules", "latent");
  if (!existsSync(link)) symlinkSync("..", link, "dir");
}

/** Installs the packages; those of an older state are put back where that fails. */
export async function installPackages({ offline = false, advance = () => {} } = {}) {
  const watch = setInterval(() => {
    const { there, all } = countPackages(root);
    if (there > 0) advance(`${there} of about ${all} packages`, there / all);
  }, 500);
  try {
    await keepingOlder(root, () => npmCi(offline));
  } finally {
    clearInterval(watch);
  }
}

/**
 * Runs what installs into `folder` with the packages of an older state put aside: npm removes them first of all, and a
 * network that is then missing would leave nothing to work with.
 */
export async function keepingOlder(folder, install) {
  const packages = join(folder, "node_modules");
  const aside = join(folder, ".latent", "node_modules.older");
  if (existsSync(stampOf(folder))) {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(dirname(aside), { recursive: true });
    renameSync(packages, aside);
  }
  try {
    await install();
    stampPackages(folder);
  } catch (error) {
    rmSync(packages, { recursive: true, force: true, maxRetries: 3 });
    if (existsSync(aside)) renameSync(aside, packages);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

async function npmCi(offline) {
  // "npm start" names the npm that runs it; "node scripts/start.mjs" does not.
  const own = process.env.npm_execpath;
  const [program, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  let result;
  for (let attempt = 1; attempt <= (offline ? 1 : TRIES); attempt++) {
    result = await runQuietly(program, [...first, ...NPM_CI, ...(offline ? ["--offline"] : [])]);
    if (result.code === 0) return;
    // EUSAGE: package.json and its lock disagree, which no second try changes.
    if (result.output.includes("code EUSAGE")) break;
    if (attempt < TRIES) await new Promise(wake => setTimeout(wake, attempt * 2000));
  }
  throw new BootstrapFailure(
    offline
      ? "The npm packages are missing or of an older state, and npm's cache does not have them all: run the command once without --offline where there is a network."
      : `${errorLines(result.output)}\nnpm could not install the packages: ${remedyFor(result.output)}, and run the command again.`,
  );
}

/** How many packages lie in node_modules, and how many the lock has for this machine. */
export function countPackages(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const fits = (wanted, own) => wanted === undefined || wanted.includes(own);
  const all = Object.entries(packages).filter(
    ([path, { os, cpu }]) =>
      path.lastIndexOf("node_modules/") === 0 && fits(os, process.platform) && fits(cpu, process.arch),
  ).length;
  const modules = join(folder, "node_modules");
  const names = namesIn(modules).flatMap(name =>
    name.startsWith("@") ? namesIn(join(modules, name)).map(each => join(name, each)) : [name],
  );
  // npm makes all folders first of all.
  const there = names.filter(name => existsSync(join(modules, name, "package.json"))).length;
  return { there: Math.min(there, all), all };
}

function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).filter(name => !name.startsWith(".")) : [];
}

// npm states the cause first and ends with a page of usage; between them may stand its own stack.
export function errorLines(text) {
  const lines = text.split("\n").filter(line => /^npm error (?! )./.test(line));
  return lines.slice(0, 8).join("\n");
}

const REMEDIES = {
  ENOSPC: "free some space on the disk",
  EACCES: "make the folder that is named above your own, or name another cache of npm in npm_config_cache",
  EUSAGE: "undo the change of package.json or of its lock",
};

/** What to do, by npm's own code; most of them are the network's. */
export function remedyFor(text) {
  const [, code = ""] = /^npm error code (\w+)/m.exec(text) ?? [];
  return REMEDIES[code] ?? "check the network connection";
}
