import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = process.env.LATENT_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "latent");
const folder = join(cache, "bench", "venv");

export const python = join(folder, "bin", "python");

/** Brings the peers' virtual environment up to date. Returns why a list of packages could not be had, by its file's name. */
export function preparePeers() {
  if (!existsSync(python)) {
    mkdirSync(join(cache, "bench"), { recursive: true });
    must(spawnSync("python3", ["-m", "venv", folder], { encoding: "utf8" }), "python3 -m venv");
  }
  const missing = {};
  for (const file of ["requirements.txt", "requirements-torch.txt"]) {
    const failure = install(file);
    if (failure) missing[file] = failure;
  }
  return missing;
}

function install(file) {
  const stamp = join(folder, `${file}.installed`);
  const wanted = readFileSync(join(here, file), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return undefined;
  process.stderr.write(`bench: installing ${file} ...\n`);
  const { status, stderr } = spawnSync(python, ["-m", "pip", "install", "-q", "-r", join(here, file)], {
    encoding: "utf8",
  });
  if (status !== 0) return stderr.trim().split("\n").at(-1) || "pip failed";
  writeFileSync(stamp, wanted);
  return undefined;
}

/** Versions of the peers, as `name version`. */
export function peerVersions() {
  const { stdout } = spawnSync(python, ["-m", "pip", "list", "--format=json"], { encoding: "utf8" });
  const peers = ["tensorflow-cpu", "tensorflow", "keras", "torch", "scikit-learn", "numpy"];
  return JSON.parse(stdout || "[]")
    .filter(({ name }) => peers.includes(name))
    .map(({ name, version }) => `${name} ${version}`);
}

function must({ status, stderr }, what) {
  if (status !== 0) throw new Error(`${what}: ${stderr}`);
}
