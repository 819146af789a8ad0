import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { formatNotebook, type Notebook, write } from "../../course/index.ts";
import { type Output, PLOTLY } from "../notebook/outputs.ts";
import { parseNotebook, readSource } from "../notebook/read.ts";
import { drawStills } from "./draw.ts";

/** GitHub shows no notebook beyond this. */
const MOST_BYTES = 1_000_000;
/** Only a vector picture that is smaller than dots would be is kept. */
const SMALL_SVG = 24_000;

/** What became of the stills of a notebook. */
export interface KeptStills {
  path: string;
  figures: number;
  drawn: number;
  bytes: number;
  changed: boolean;
}

/**
 * Puts a picture beside every figure of a notebook, so that it is seen where no script runs. A figure that has its still already
 * keeps it, so a second call changes nothing. Where the notebook would outgrow 1 MB, vector pictures go first, then the largest
 * stills.
 *
 * @throws Error where this machine has no Chromium, or the figures alone are too large
 */
export async function keepStills(path: string): Promise<KeptStills> {
  await readSource(path); // says what is wrong with a file that is no notebook
  const before = await readFile(path, "utf8");
  const notebook = parseNotebook(before, path);
  const outputs = figuresOf(notebook);
  const stale = outputs.filter(output => stillMark(output) !== markOf(output));
  const stills = stale.length === 0 ? [] : await drawStills(stale.map(({ data }) => data?.[PLOTLY]));
  if (stills === undefined)
    throw new Error("Stills are drawn by Chromium, and there is none on the PATH: install it and run this again.");
  for (const [i, { svg, png }] of stills.entries()) {
    const output = stale[i] as Output;
    const data = output.data as Record<string, unknown>;
    data["image/png"] = png;
    delete data["image/svg+xml"];
    if (svg !== undefined && svg.length <= SMALL_SVG) data["image/svg+xml"] = svg;
    output.metadata = { ...output.metadata, latent: { still: markOf(output) } };
  }
  const text = withinLimit(notebook, outputs);
  const changed = stale.length > 0 && text !== before;
  await write({ path, text, changed });
  return {
    path,
    figures: outputs.length,
    drawn: stale.length,
    bytes: Buffer.byteLength(changed ? text : before),
    changed,
  };
}

function figuresOf({ cells }: Notebook): Output[] {
  return cells.flatMap(({ outputs = [] }) => (outputs as Output[]).filter(({ data }) => data?.[PLOTLY] !== undefined));
}

/** Which figure a still was made of. */
function markOf({ data }: Output): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(data?.[PLOTLY])))
    .digest("hex")
    .slice(0, 12);
}

/** Programs that save a notebook may order keys anew. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

function stillMark({ metadata }: Output): string | undefined {
  return (metadata?.latent as { still?: string } | undefined)?.still;
}

function withinLimit(notebook: Notebook, outputs: readonly Output[]): string {
  const sizeOf = ({ data = {} }: Output, kind: string) => ((data[kind] as string | undefined) ?? "").length;
  for (const kind of ["image/svg+xml", "image/png"])
    for (const output of [...outputs].sort((a, b) => sizeOf(b, kind) - sizeOf(a, kind))) {
      const text = formatNotebook(notebook);
      if (Buffer.byteLength(text) <= MOST_BYTES) return text;
      delete output.data?.[kind];
    }
  return formatNotebook(notebook);
}
