import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const EVERY_MS = 300;

/**
 * Reports the size of the file below `folder` whose name ends so, while another program writes it: the one measure of
 * its progress that does not depend on that program's version. Returns what ends the watching.
 */
export function watchGrowth(folder: string, ending: string, advance: (bytes: number) => void): () => void {
  const timer = setInterval(() => {
    const bytes = largest(folder, ending);
    if (bytes > 0) advance(bytes);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function largest(folder: string, ending: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) bytes = Math.max(bytes, largest(path, ending));
      else if (entry.name.endsWith(ending)) bytes = Math.max(bytes, statSync(path).size);
    }
  } catch (error) {
    // It was moved or removed between one look and the next.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return bytes;
}
