/**
 * What a notebook written for tslab imports as "tslab": the same names with the same meaning, so that it runs here
 * unchanged. Loaded only when a cell imports it.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSON, process } from "../../intrinsics.ts";
import { createDisplay, type Display } from "../show/shows.ts";

const packageVersion = (name: string): string => {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
};

/** Shows rich content below the cell. */
export const display: Display = createDisplay();

/** A display that shows once and then changes what it showed. */
export function newDisplay(): Display {
  return createDisplay(randomUUID());
}

/** The versions of the incumbent's API that is answered for, of TypeScript and of Node. */
export const versions: { tslab: string; typescript: string; node: string } = {
  tslab: packageVersion("tslab"),
  typescript: packageVersion("typescript"),
  node: process.version,
};
