import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const runFile = promisify(execFile);
const LIMIT_MS = 300_000;

/** Runs a program to its end; returns what it wrote to stdout. Throws with the last line of its complaint. */
export async function run(program: string, args: string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await runFile(program, args, { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (cause) {
    const { stderr = "", message } = cause as Error & { stderr?: string };
    const lines = stderr.trim().split("\n");
    const telling = lines.find(line => /error: |ERR!.*(not found|failed|Error:)/.test(line)) ?? lines.at(-1);
    throw new Error(telling || message, { cause });
  }
}

/** Installs one npm package into a folder of its own, once; `scripts` where it has to be compiled. */
export async function installFromNpm(
  folder: string,
  what: string,
  { scripts = false }: { scripts?: boolean } = {},
): Promise<string> {
  const stamp = join(folder, `.${what.replaceAll("/", "+")}`);
  if (existsSync(stamp)) return join(folder, "node_modules");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const flags = ["--no-audit", "--no-fund", `--ignore-scripts=${!scripts}`];
  await run("npm", ["install", ...flags, what], folder);
  writeFileSync(stamp, "");
  return join(folder, "node_modules");
}
