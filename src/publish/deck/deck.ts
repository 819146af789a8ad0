import { join } from "node:path";
import { type Cell, replaceFile } from "../../course/pair/index.ts";
import type { Still } from "../figures/figure.ts";
import { errorsIn, readSource, type Source, wasNeverRun } from "../notebook/read.ts";
import { newPage } from "../render/page.ts";
import { missingStills } from "../stills/missing.ts";
import { deckDocument } from "./document.ts";
import { linksFrom, notebookLink } from "./link.ts";
import { type Slide, slidesOf } from "./slides.ts";

export interface DeckOptions {
  /** The folder that the deck is written to; by default the notebook's. */
  outputDir?: string | undefined;
  /** Where a slide's foot leads to; by default the section of the notebook. */
  linkOf?: (cellId: string) => string;
  /** Gives the links in what a slide says other addresses; by default those that the notebook has. */
  relink?: (html: string) => string;
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

/**
 * Writes a notebook's slides as one HTML file, in one move.
 *
 * @throws Error that says what to do, where the notebook cannot be read or was never run
 */
export async function exportDeck(path: string, options: DeckOptions = {}): Promise<Exported> {
  const source = await readSource(path);
  if (wasNeverRun(source))
    throw new Error(`${path} was never run, so its slides would have no results. Run it first, or add --execute.`);
  return await writeDeck(source, await missingStills(slidesOf(source).flat().flatMap(cellsOf)), options);
}

/** Writes the slides of a notebook that was read, in one move. */
export async function writeDeck(
  source: Source,
  stills: ReadonlyMap<unknown, Still>,
  { outputDir = source.folder, linkOf, relink }: DeckOptions,
): Promise<Exported> {
  const stacks = slidesOf(source);
  const page = newPage(source, stills);
  page.warnings.push(...errorsIn(source));
  const target = join(outputDir, `${source.name}.slides.html`);
  const html = deckDocument(stacks, page, {
    linkOf: linkOf ?? notebookLink(source, outputDir),
    relink: relink ?? linksFrom(source, outputDir),
  });
  await replaceFile(target, html);
  return {
    ...{ path: target, bytes: Buffer.byteLength(html), slides: stacks.flat().length },
    ...{ figures: page.figures.length, explorers: Object.keys(page.widgets).length, warnings: page.warnings },
  };
}

function cellsOf({ pieces }: Slide): Cell[] {
  return pieces.map(({ cell }) => cell);
}
