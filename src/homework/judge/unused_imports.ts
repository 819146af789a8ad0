import type { RunnableCell } from "./submission.ts";

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*["']latent["'];?[^\S\n]*$/gm;

/**
 * The cells without imports of `latent` that no cell uses: loading the library and TensorFlow takes half a second of
 * computing time, and an answer in plain numbers needs neither. `exercise` is for the tests, which run elsewhere.
 */
export function withoutUnusedImports(cells: readonly RunnableCell[]): RunnableCell[] {
  const used = cells.map(({ source }) => source.replace(IMPORT, "")).join("\n");
  const isUsed = (name: string) => new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(used);
  return cells.map(cell => ({
    ...cell,
    source: cell.source.replace(IMPORT, (whole, names: string) => (localNames(names).some(isUsed) ? whole : "")),
  }));
}

function localNames(names: string): string[] {
  const written = names.split(",").map(name => name.replace(/^\s*type\s+/, "").trim());
  return written.filter(name => name !== "").map(name => name.split(/\s+as\s+/).at(-1) as string);
}
