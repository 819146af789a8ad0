import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { KernelSpec } from "../client/index.ts";

/** How a fake kernel fails. */
export type Fault =
  | "none"
  | "does not start"
  | "mute"
  | "publishes nothing"
  | "dies when asked"
  | "dies in a cell"
  | "dies in its second cell"
  | "dies behind its reply"
  | "stops in a cell"
  | "loses replies"
  | "loses a reply"
  | "loses idle"
  | "sends garbage";

/** A kernel that fails so; `sleep <child>` is a child of it, for `child` seconds. */
export function fakeSpec(fault: Fault, child?: string): KernelSpec {
  const entry = fileURLToPath(new URL("./fake_kernel.js", import.meta.url));
  const argv = [process.execPath, entry, "{connection_file}", fault];
  const env = child === undefined ? {} : { FAKE_CHILD: child };
  return { argv, display_name: "Fake", language: "typescript", env };
}

/** Command lines of the running processes that have `part` in them. */
export function running(part: string): string[] {
  const table = execFileSync("ps", ["-A", "-o", "stat=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  return table.split("\n").filter(line => line.includes(part) && !line.startsWith("Z"));
}

/** As `running`, once they had time to end: a process that was killed ends when the system comes to it. */
export async function stillRunning(part: string): Promise<string[]> {
  for (let tries = 0; tries < 100 && running(part).length > 0; tries++)
    await new Promise(resolve => setTimeout(resolve, 100));
  return running(part);
}
