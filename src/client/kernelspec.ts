import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A kernel.json: the command that starts a kernel, `{connection_file}` in it for the file's path. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  env?: Record<string, string>;
  interrupt_mode?: "signal" | "message";
  metadata?: Record<string, unknown>;
}

/** Reads the kernelspec in `folder`. */
export function readKernelSpec(folder: string): KernelSpec {
  return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as KernelSpec;
}
