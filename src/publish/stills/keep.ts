import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { formatNotebook, type Notebook, write } from "../../course/index.ts";
import { type Output, PLOTLY, WIDGET_STATE, WIDGET_VIEW } from "../notebook/outputs.ts";
import { parseNotebook, readSource } from "../notebook/read.ts";
import { type Draw, type StillOptions, withPlotly } from "./draw.ts";

/** GitHub shows no notebook beyond this. */
export const MOST_BYTES = 1_000_000;
/** How stills are drawn, leaner where the notebook would get too large. */
const LEVELS: readonly StillOptions[] = [
  { scale: 1, colours: 64 },
  { scale: 1, colours: 32 },
  { scale: 0.7, colours: 24 },
];

/** What became of the stills of a notebook. */
export interface KeptStills {
  path: string;
  figures: number;
  drawn: number;
  /** Figures that have no still because the notebook has no room for it. */
  leftOut: number;
  bytes: number;
  changed: boolean;
}

/**
 * Puts a picture beside every figure of a notebook, so that it is seen where no script runs. A figure that has its still already
 * keeps it, so a second call changes nothing. Where the notebook would outgrow 1 MB its stills are drawn leaner, and then the
 * largest are left out.
 *
 * @throws Error where this machine has no Chromium, or the figures alone are too large
 */
export async function keepStills(path: string): Promise<KeptStills> {
  const { before, notebook, outputs } = await readFigures(path);
  const stale = outputs.filter(isStale);
  const drawn = stale.length;
  if (drawn > 0 && (await withPlotly(draw => drawUntilFits(draw, notebook, stale, outputs))) === undefined)
    throw new Error("Stills are drawn by Chromium, and there is none on the PATH: install it and run this again.");
  if (drawn > 0) leaveOut(notebook, outputs);
  const text = formatNotebook(notebook);
  const changed = drawn > 0 && text !== before;
  await write({ path, text, changed });
  return {
    ...{ path, figures: outputs.length, drawn, changed },
    leftOut: outputs.filter(output => !hasStill(output)).length,
    bytes: Buffer.byteLength(changed ? text : before),
  };
}

/** What a notebook lacks to be shown everywhere; empty where it lacks nothing. */
export async function lacks(path: string): Promise<string[]> {
  const { before, notebook, outputs } = await readFigures(path);
  const stale = outputs.filter(isStale).length;
  const bytes = Buffer.byteLength(before);
  const stateless = widgetsWithoutState(notebook);
  return [
    ...(stateless > 0 ? [`${stateless} widgets have no state in it, so they show nothing without a kernel`] : []),
    ...(stale > 0 ? [`${stale} of its ${outputs.length} figures have no picture, or that of an older figure`] : []),
    ...(bytes > MOST_BYTES ? [`it has ${bytes} bytes, and GitHub shows at most ${MOST_BYTES}`] : []),
  ];
}

async function readFigures(path: string): Promise<{ before: string; notebook: Notebook; outputs: Output[] }> {
  await readSource(path); // says what is wrong with a file that is no notebook
  const before = await readFile(path, "utf8");
  const notebook = parseNotebook(before, path);
  return { before, notebook, outputs: figuresOf(notebook) };
}

/** Where the new stills make the notebook too large, all are drawn leaner: then they look alike. */
async function drawUntilFits(draw: Draw, notebook: Notebook, stale: Output[], all: Output[]): Promise<true> {
  let wanted = stale;
  for (const level of LEVELS) {
    const stills = await draw(
      wanted.map(({ data }) => data?.[PLOTLY]),
      level,
    );
    for (const [i, { png }] of stills.entries()) put(wanted[i] as Output, png);
    if (fits(notebook)) break;
    wanted = all;
  }
  return true;
}

/** Dots alone: beside them lines would cost as much again, and a notebook shows only one of both. */
function put(output: Output, png: string | undefined): void {
  output.data = { ...output.data, "image/png": png };
  delete output.data["image/svg+xml"];
  output.metadata = { ...output.metadata, latent: { still: markOf(output) } };
}

function isStale(output: Output): boolean {
  return (output.metadata?.latent as { still?: string } | undefined)?.still !== markOf(output);
}

function hasStill({ data }: Output): boolean {
  return data?.["image/png"] !== undefined || data?.["image/svg+xml"] !== undefined;
}

function figuresOf({ cells }: Notebook): Output[] {
  return cells.flatMap(({ outputs = [] }) => (outputs as Output[]).filter(({ data }) => data?.[PLOTLY] !== undefined));
}

function widgetsWithoutState({ cells, metadata }: Notebook): number {
  const { state = {} } = (metadata.widgets as Record<string, { state?: object }> | undefined)?.[WIDGET_STATE] ?? {};
  const outputs = cells.flatMap(({ outputs = [] }) => outputs as Output[]);
  const shown = outputs.flatMap(
    ({ data }) => (data?.[WIDGET_VIEW] as { model_id?: string } | undefined)?.model_id ?? [],
  );
  return shown.filter(id => !Object.hasOwn(state, id)).length;
}

/** With another way of drawing, all stills are drawn anew. */
const WAY = "2";

/** Which figure a still was made of, and how. */
function markOf({ data }: Output): string {
  return createHash("sha256")
    .update(WAY)
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

function fits(notebook: Notebook): boolean {
  return Buffer.byteLength(formatNotebook(notebook)) <= MOST_BYTES;
}

/** The largest stills go, until the notebook is small enough. The mark stays, so that they are not drawn again for nothing. */
function leaveOut(notebook: Notebook, outputs: readonly Output[]): void {
  const sizeOf = ({ data = {} }: Output) => ((data["image/png"] as string | undefined) ?? "").length;
  for (const { data } of [...outputs].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    if (fits(notebook)) return;
    delete data?.["image/png"];
  }
}
