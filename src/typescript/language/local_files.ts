import { readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FILE_CHANGE, type FileChange } from "./lsp.ts";

const READ_BY_TYPESCRIPT = /\.(?:[cm]?[jt]sx?|json)$/;

/** By path, what changes with each saving. */
type Snapshot = Map<string, string>;

/** The author's own modules beside the notebook: which of them changed since we last looked. */
export class LocalFiles {
  readonly #base: string;
  readonly #folders = new Map<string, Snapshot>();

  constructor(base: string) {
    this.#base = base;
  }

  /** From now on looks at the folders of these relative imports. */
  follow(specifiers: readonly string[]): void {
    for (const specifier of specifiers) {
      const folder = dirname(resolve(this.#base, specifier));
      if (!this.#folders.has(folder)) this.#folders.set(folder, snapshot(folder));
    }
  }

  changes(): FileChange[] {
    const changes: FileChange[] = [];
    for (const [folder, before] of this.#folders) {
      const now = snapshot(folder);
      for (const [path, mark] of now)
        if (before.get(path) !== mark)
          changes.push({ path, type: before.has(path) ? FILE_CHANGE.changed : FILE_CHANGE.made });
      for (const path of before.keys()) if (!now.has(path)) changes.push({ path, type: FILE_CHANGE.removed });
      this.#folders.set(folder, now);
    }
    return changes;
  }
}

function snapshot(folder: string): Snapshot {
  const found: Snapshot = new Map();
  for (const name of namesIn(folder)) {
    if (!READ_BY_TYPESCRIPT.test(name)) continue;
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) found.set(path, `${stats.mtimeMs} ${stats.size}`);
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // The import is wrong, or not right yet; what it names is told by the checker.
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
