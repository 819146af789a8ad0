// Plain JavaScript with Node's own modules: this runs on a clone where nothing is installed yet.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { BootstrapFailure } from "./failure.mjs";
import { canWrite, doWithoutHome } from "./home.mjs";
import { joinKernel } from "./join-kernel.mjs";
import { liveLine } from "./live-line.mjs";
import { withLock } from "./lock.mjs";
import { installPackages, linkOwnPackage, packagesAreCurrent } from "./packages.mjs";
import { runQuietly } from "./program.mjs";
import { root } from "./root.mjs";

export { BootstrapFailure, root };

const OLDEST_NODE = [20, 19];

/**
 * Brings packages and build up to date; prints only the steps that had something to do.
 *
 * @param offline nothing may be fetched
 */
export async function bootstrap({ offline = false } = {}) {
  refuseOldNode(process.versions.node);
  refuseReadOnlyClone(root);
  doWithoutHome();
  await withLock(
    join(root, ".latent", "bootstrap.lock"),
    async () => {
      if (!packagesAreCurrent()) await step("npm packages", advance => installPackages({ offline, advance }));
      linkOwnPackage();
      await build();
    },
    sayThatItWaits,
  );
}

function sayThatItWaits() {
  process.stderr.write("Latent: another set-up of this clone is running, waiting for it\n");
}

export function refuseOldNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new BootstrapFailure(
    `Latent needs Node ${OLDEST_NODE.join(".")} or newer and this is ${version}: install a current Node (nodejs.org, or "nvm install --lts") and run the command again.`,
  );
}

export function refuseReadOnlyClone(folder) {
  if (canWrite(join(folder, ".latent"))) return;
  throw new BootstrapFailure(
    `The folder ${folder} cannot be written: clone Latent into a folder of yours and run the command there.`,
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

/** Runs one step of a set-up; `action` is given a function that says how far it is. */
export async function step(name, action) {
  const start = performance.now();
  const line = liveLine(name);
  try {
    await action(line.advance);
  } catch (error) {
    line.end("failed");
    throw error;
  }
  line.end(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** Runs a script's main part; a failure with a remedy is printed as its sentence, anything else with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${error instanceof BootstrapFailure ? error.message : error.stack}\n`);
    process.exitCode = error instanceof BootstrapFailure ? error.code : 1;
  }
}
