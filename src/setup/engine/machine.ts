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

function glibcVersion(): string | undefined {
  if (process.platform !== "linux") return undefined;
  // Node's types call a report an object; its header carries the version since Node 12.
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime;
}
