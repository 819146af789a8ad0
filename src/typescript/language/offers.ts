import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What auto-import offers of our own dependencies; the others are the kernel's business. */
const OFFERED = ["latent", "@tensorflow/tfjs-node", "danfojs-node"];

/** Auto-import offers what the nearest package.json lists: here ours, and what the notebook's own one lists. */
export function offered(notebook: string): Record<string, string> {
  return { ...Object.fromEntries(OFFERED.map(name => [name, "*"])), ...listedAbove(notebook) };
}

function listedAbove(folder: string): Record<string, string> {
  const file = join(folder, "package.json");
  if (existsSync(file)) return dependenciesOf(file);
  return dirname(folder) === folder ? {} : listedAbove(dirname(folder));
}

function dependenciesOf(file: string): Record<string, string> {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
    return { ...devDependencies, ...dependencies } as Record<string, string>;
  } catch {
    // A package.json that cannot be read is the author's business; here it only means fewer suggestions.
    return {};
  }
}
