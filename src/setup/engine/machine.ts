import type { Obstacle } from "./routes.ts";

/** What decides which TensorFlow fits. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Absent on macOS and on Linux distributions with another C library. */
  readonly glibc: string | undefined;
}

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, glibc: glibcVersion() };
}

/** What keeps a Linux from loading a library that was made for the glibc `oldest` or a newer one. */
export function glibcObstacle({ platform, glibc }: Machine, oldest: string): Obstacle | undefined {
  if (platform !== "linux") return undefined;
  const remedy = "Use a Linux with a newer glibc, such as Debian 12 or Ubuntu 22.04.";
  if (glibc === undefined) return { problem: "This Linux has no glibc, which TensorFlow needs.", remedy };
  if (isAtLeast(glibc, oldest)) return undefined;
  return { problem: `TensorFlow needs glibc ${oldest} or newer, and this Linux has ${glibc}.`, remedy };
}

function isAtLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

function glibcVersion(): string | undefined {
  if (process.platform !== "linux") return undefined;
  // Node's types call a report an object; its header carries the version since Node 12.
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime;
}
