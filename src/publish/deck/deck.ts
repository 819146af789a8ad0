import { basename, join, relative } from "node:path";
import { replaceFile } from "../../course/pair/index.ts";
import type { Still } from "../figures/figure.ts";
import { PLOTLY } from "../notebook/outputs.ts";
import { errorsIn, outputsOf, readSource, type Source, wasNeverRun } from "../notebook/read.ts";
import { newPage } from "../render/page.ts";
import { drawStills } from "../stills/draw.ts";
import { deckDocument } from "./document.ts";
import { slidesOf } from "./slides.ts";

export interface DeckOptions {
  /** The folder that the deck is written to; by default the notebook's. */
  outputDir?: string | undefined;
  /** Where a slide's foot leads to; by default the notebook itself. */
  linkOf?: (cellId: string) => string;
}

/** What an export made. */
export interface Exported {
  path: string;
  bytes: number;
  slides: number;
  figures: number;
  explorers: number;
  /** What the author should know. */
  warnings: string[];
}

/** A vector still of more than this is taken as dots. */
const LARGE_SVG = 60_000;

/**
 * Writes a notebook's slides as one HTML file, in one move.
 *
 * @throws Error that says what to do, where the notebook cannot be read or was never run
 */
export async function exportDeck(path: string, options: DeckOptions = {}): Promise<Exported> {
  const source = await readSource(path);
  if (wasNeverRun(source))
    throw new Error(`${path} was never run, so its slides would have no results. Run it first, or add --execute.`);
  const target = join(options.outputDir ?? source.folder, `${source.name}.slides.html`);
  const stacks = slidesOf(source);
  const page = newPage(
    source,
    await missingStills(
      source,
      stacks.flat(2).flatMap(({ pieces }) => pieces.map(({ cell }) => cell)),
    ),
  );
  page.warnings.push(...errorsIn(source));
  const notebook = relative(options.outputDir ?? source.folder, source.path) || basename(source.path);
  const html = deckDocument(stacks, page, options.linkOf ?? (() => encodeURI(notebook.split("\\").join("/"))));
  await replaceFile(target, html);
  return {
    ...{ path: target, bytes: Buffer.byteLength(html), slides: stacks.flat().length },
    ...{ figures: page.figures.length, explorers: Object.keys(page.widgets).length, warnings: page.warnings },
  };
}

/** Stills for the figures on slides that the notebook stores without one; none where there is no Chromium. */
export async function missingStills(
  _source: Source,
  cells: readonly Parameters<typeof outputsOf>[0][],
): Promise<ReadonlyMap<unknown, Still>> {
  const bare = cells
    .flatMap(cell => outputsOf(cell))
    .flatMap(({ data = {} }) => (data[PLOTLY] && !data["image/svg+xml"] && !data["image/png"] ? [data[PLOTLY]] : []));
  if (bare.length === 0) return new Map();
  const drawn = (await drawStills(bare)) ?? [];
  return new Map(drawn.map((still, i) => [bare[i], slim(still)]));
}

function slim({ svg, png }: Still): Still {
  return svg !== undefined && svg.length <= LARGE_SVG ? { svg } : { ...(png !== undefined && { png }) };
}
