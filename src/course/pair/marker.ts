import type { Cell } from "./notebook.ts";

/** What the line above a cell says: `// %% [markdown] slideshow={"slide_type": "slide"}`. */
export interface Marker {
  type: Cell["cell_type"];
  metadata: Record<string, unknown>;
}

const types: Record<string, Cell["cell_type"]> = { markdown: "markdown", md: "markdown", raw: "raw" };

export function isMarker(line: string): boolean {
  return /^\/\/ %%(\s|$)/.test(line);
}

/**
 * Reads a marker line: a type in brackets (none for code), then metadata as `key=value`, each value in JSON.
 *
 * @throws SyntaxError when something else stands there
 */
export function parseMarker(line: string): Marker {
  const [, bracket, rest] = /^\/\/ %%\s*(?:\[(\w+)\])?\s*(.*)$/.exec(line) as unknown as [string, string?, string?];
  const type = bracket === undefined ? "code" : types[bracket];
  if (!type) throw new SyntaxError(`A cell is [markdown], [raw] or code, not [${bracket}]: ${line}`);
  return { type, metadata: parseMetadata(rest ?? "", line) };
}

export function formatMarker({ type, metadata }: Marker): string {
  const entries = Object.entries(metadata).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return ["// %%", ...(type === "code" ? [] : [`[${type}]`]), ...entries].join(" ");
}

function parseMetadata(text: string, line: string): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  let rest = text.trim();
  while (rest) {
    const key = /^([\w.-]+)=/.exec(rest)?.[1];
    if (key === undefined) throw new SyntaxError(`Metadata is key=value, not "${rest}": ${line}`);
    const [value, after] = takeJson(rest.slice(key.length + 1), line);
    metadata[key] = value;
    rest = after.trim();
  }
  return metadata;
}

/** Splits a JSON value from the text behind it: the shortest beginning that ends before a space and parses. */
function takeJson(text: string, line: string): [value: unknown, after: string] {
  for (const { index } of text.matchAll(/\s|$/g)) {
    try {
      return [JSON.parse(text.slice(0, index)), text.slice(index)];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error; // a SyntaxError says: the value goes on behind this space
    }
  }
  throw new SyntaxError(`Metadata "${text}" is not JSON: ${line}`);
}
