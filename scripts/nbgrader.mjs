// npm run nbgrader: puts nbgrader into an environment of its own, .latent/nbgrader, with checksums, and makes the kernel known to it.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BootstrapFailure, bootstrap, root, runMain, step } from "./bootstrap.mjs";

const folder = join(root, ".latent", "nbgrader");
const python = join(folder, "bin", "python");

await runMain(async () => {
  await bootstrap();
  await step("nbgrader (.latent/nbgrader)", install);
  run(process.execPath, [join(root, "dist", "cli", "main.js"), "install", "--prefix", folder]);
  console.log(`nbgrader is in ${folder}; put its bin folder on your PATH to use its own commands.`);
  return 0;
});

async function install() {
  if (existsSync(join(folder, "bin", "nbgrader"))) return;
  run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11) and 'nbgrader 0.9.6 needs Python 3.11.')"]);
  try {
    run("python3", ["-m", "venv", folder]);
    const list = join(root, "scripts", "requirements-nbgrader.txt");
    run(python, ["-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r", list]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true }); // half of it would look whole the next time
    throw error;
  }
}

function run(program, args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0)
    throw new BootstrapFailure(`${program} ${args.slice(0, 3).join(" ")} failed: ${error?.message ?? stdout + stderr}`);
}
