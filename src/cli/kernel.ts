/**
 * The command of our kernelspec: `node kernel.js <connection file>`. Loads the joined modules of `joined/` where they
 * are of this build, and else the modules themselves: after a bare `tsc -b`, what was just built is what runs.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildOf, STAMP } from "./build.ts";

const joined = new URL("../../joined/", import.meta.url);
await import(isOfThisBuild() ? new URL("cli/serve.js", joined).href : "./serve.ts");

function isOfThisBuild(): boolean {
  try {
    const dist = fileURLToPath(new URL("..", import.meta.url));
    return readFileSync(new URL(STAMP, joined), "utf8") === buildOf(dist);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
