// npm test [-- --full] [-- part of a file name …]: sets up all that is missing, then runs every test.
import { spawn, spawnSync } from "node:child_process";
import { join, relative, sep } from "node:path";
import { BootstrapFailure, bootstrap, filesUnder, root, runMain, step } from "./bootstrap.mjs";

// Two at a time: some tests measure answers in milliseconds, and two cores are what a runner has.
const CONCURRENCY = 2;
// Of one test, and of one file: a kernel that hangs must become a failure with a name. The lessons of the fast run take
// half a minute each on two idle cores, and needed more than five minutes in all on two that ten programs shared; all
// lessons through three kernels needed more than an hour beside a program that trained.
const TIMEOUT_MS = { fast: 600_000, full: 10_800_000 };

await runMain(async () => {
  const { full, filters } = readArguments(process.argv.slice(2));
  await bootstrap();
  await step("format and lint", checkStyle);
  await prepare();
  return await runTests(testFiles(filters), full);
});

function readArguments(args) {
  const filters = args.filter(argument => !argument.startsWith("--"));
  const unknown = args.find(argument => argument.startsWith("--") && argument !== "--full");
  if (unknown) throw new BootstrapFailure(`There is no option "${unknown}"; there are --full and parts of file names.`);
  return { full: args.includes("--full"), filters };
}

async function checkStyle() {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const result = spawnSync(process.execPath, [biome, "ci", "--colors=off", "."], { cwd: root, encoding: "utf8" });
  if (result.status === 0) return;
  throw new BootstrapFailure(`${result.stdout}${result.stderr}\n"npm run fix" mends most of this.`);
}

/** A part that cannot be had makes its tests skip, or, where LATENT_REQUIRE names it, the run fail. */
async function prepare() {
  const { prepareForTests } = await import("../dist/cli/index.js");
  const { findBrowser } = await import("../dist/browser/index.js");
  const missing = new Map(await prepareForTests());
  if (findBrowser() === undefined) missing.set("browser", "There is no Chromium on the PATH: install it.");
  const required = (process.env.LATENT_REQUIRE ?? "").split(",").filter(part => part !== "");
  for (const [part, reason] of missing) process.stderr.write(`Latent: no ${part}: ${reason}\n`);
  const lacking = required.filter(part => missing.has(part));
  if (lacking.length > 0) throw new BootstrapFailure(`LATENT_REQUIRE names what is missing: ${lacking.join(", ")}.`);
}

function testFiles(filters) {
  const files = [...filesUnder(join(root, "dist")), ...filesUnder(join(root, "scripts"))]
    .filter(file => /\.test\.m?js$/.test(file))
    .map(file => relative(root, file))
    .filter(file => filters.length === 0 || filters.some(part => file.split(sep).join("/").includes(part)))
    .sort();
  if (files.length === 0) throw new BootstrapFailure(`No test file's name contains ${filters.join(" or ")}.`);
  return files;
}

function runTests(files, full) {
  const reporters = ["spec", join(root, "scripts", "summary-reporter.mjs")].flatMap(reporter => [
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
  ]);
  const limits = [`--test-concurrency=${CONCURRENCY}`, `--test-timeout=${full ? TIMEOUT_MS.full : TIMEOUT_MS.fast}`];
  const args = ["--enable-source-maps", "--test", ...limits, ...reporters, ...files];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: full ? { ...process.env, LATENT_FULL: "1" } : process.env,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", code => resolve(code ?? 1));
  });
}
