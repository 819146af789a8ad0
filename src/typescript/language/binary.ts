import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** TypeScript 7 is a program of the platform's own, in a package beside `typescript`. Undefined where there is none. */
export function findServer(platform: string = process.platform, arch: string = process.arch): string | undefined {
  const require = createRequire(import.meta.url);
  const fromTypeScript = createRequire(require.resolve("typescript/package.json"));
  const name = `@typescript/typescript-${platform}-${arch}/package.json`;
  const folders = fromTypeScript.resolve.paths(name) ?? [];
  const manifest = folders.map(folder => join(folder, name)).find(file => existsSync(file));
  return manifest && join(dirname(manifest), "lib", platform === "win32" ? "tsc.exe" : "tsc");
}
