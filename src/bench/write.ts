import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./peers/ours.ts";

/** Puts a page into docs/benchmarks in one move. */
export function writePage(name: string, text: string): void {
  const folder = join(root, "docs", "benchmarks");
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${name}.md.${process.pid}`);
  writeFileSync(temporary, text);
  renameSync(temporary, join(folder, `${name}.md`));
}
