// Plain JavaScript with Node's own modules: this runs on a clone where nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { joinKernel } from "./join-kernel.mjs";
import { withLock } from "./lock.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

const OLDEST_NODE = [20, 19];
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

/** A failure whose message is one sentence that says what to do. */
export class BootstrapFailure extends Error {}

/** Brings packages and build up to date; prints only the steps that had something to do. */
export async function bootstrap() {
  refuseOldNode(process.versions.node);
  await withLock(join(root, ".latent", "bootstrap.lock"), async () => {
    if (!packagesAreCurrent()) await step("npm packages", installPackages);
    linkOwnPackage();
    await build();
  });
}

export function refuseOldNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new BootstrapFailure(
    `Latent needs Node ${OLDEST_NODE.join(".")} or newer and this is ${version}: install a current Node (nodejs.org, or "nvm install --lts") and run the command again.`,
  );
}

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

async function installPackages() {
  rmSync(stampOf(root), { force: true });
  // "npm start" names the npm that runs it; "node scripts/start.mjs" does not.
  const own = process.env.npm_execpath;
  const [program, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  let result;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    result = await runQuietly(program, [...first, ...NPM_CI]);
    if (result.code === 0) return stampPackages();
    // EUSAGE: package.json and its lock disagree, which no second try changes.
    if (result.output.includes("code EUSAGE")) break;
    if (attempt < TRIES) await new Promise(wake => setTimeout(wake, attempt * 2000));
  }
  throw new BootstrapFailure(
    `${errorLines(result.output)}\nnpm could not install the packages: check the network connection and run the command again.`,
  );
}

async function build() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  // Without --verbose a build prints nothing but errors, so the first build is recognised by its missing output.
  if (existsSync(join(root, "dist", "cli", "index.js"))) await compile(tsc);
  else await step("build", () => compile(tsc));
  for (const stale of staleOutputs(join(root, "dist"), join(root, "src"))) rmSync(stale, { force: true });
  // Without it the kernel runs from its modules: it starts a little later, and nothing else changes.
  await joinKernel().catch(error =>
    process.stderr.write(`Latent: the kernel's modules stay apart: ${error.message}\n`),
  );
}

async function compile(tsc) {
  const result = await runQuietly(process.execPath, [tsc, "-b"]);
  if (result.code === 0) return;
  throw new BootstrapFailure(
    `${result.output.trim()}\nThe build failed: undo or mend the change in the file named above and run the command again.`,
  );
}

/** Outputs whose source is gone: a deleted test would otherwise run for ever. */
export function staleOutputs(dist, src) {
  const stale = [];
  for (const file of filesUnder(dist)) {
    if (!file.endsWith(".js")) continue;
    const stem = relative(dist, file).slice(0, -".js".length);
    if (existsSync(join(src, `${stem}.ts`))) continue;
    for (const ending of [".js", ".js.map", ".d.ts", ".d.ts.map"]) stale.push(join(dist, stem + ending));
  }
  return stale;
}

export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

export async function step(name, action) {
  const start = performance.now();
  process.stderr.write(`Latent: ${name} … `);
  try {
    await action();
  } catch (error) {
    process.stderr.write("failed\n");
    throw error;
  }
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

function runQuietly(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout.on("data", chunk => chunks.push(chunk));
    child.stderr.on("data", chunk => chunks.push(chunk));
    // A signal sent to this process alone must not leave npm writing into node_modules behind the next start.
    const stop = signal => {
      child.kill(signal);
      process.exit(130);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);
    child.on("error", error =>
      reject(new BootstrapFailure(`"${program}" could not be started (${error.message}): install npm and try again.`)),
    );
    child.on("close", code => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, stop);
      resolve({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}

// npm states the cause first and ends with a page of usage.
function errorLines(text) {
  const lines = text.split("\n").filter(line => line.startsWith("npm error") && line.trim() !== "npm error");
  return lines.slice(0, 8).join("\n");
}

/** Runs a script's main part; a failure with a remedy is printed as its sentence, anything else with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${error instanceof BootstrapFailure ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
