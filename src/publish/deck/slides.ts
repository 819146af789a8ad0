import { type Cell, sourceOf } from "../../course/pair/index.ts";
import type { Source } from "../notebook/read.ts";

/** A cell on a slide; a fragment appears at a key press of its own. */
export interface Piece {
  cell: Cell;
  isFragment: boolean;
}

export interface Slide {
  /** Of its first cell. */
  id: string;
  pieces: Piece[];
  /** What the lecturer says, in Markdown. */
  notes: string[];
}

/** A slide and those below it. */
export type Stack = Slide[];

type SlideType = "slide" | "subslide" | "fragment" | "skip" | "notes" | "-";

/**
 * The cells as slides, by Jupyter's slide types: `slide` begins one, `subslide` one below it, `fragment` appears later, `skip` is
 * left out, `notes` is for the lecturer, as is what a cell's metadata call `notes`. Without any such type every heading of the
 * first or second level begins a slide, one of the third a slide below.
 */
export function slidesOf({ cells }: Source): Stack[] {
  const isTyped = cells.some(cell => ["slide", "subslide"].includes(typeOf(cell)));
  const stacks: Stack[] = [];
  const begin = (cell: Cell, isBelow: boolean): Slide => {
    const slide: Slide = { id: cell.id, pieces: [], notes: [] };
    const stack = isBelow ? stacks.at(-1) : undefined;
    if (stack === undefined) stacks.push([slide]);
    else stack.push(slide);
    return slide;
  };
  let slide: Slide | undefined;
  for (const cell of cells) {
    const type = isTyped ? typeOf(cell) : (headingType(cell) ?? typeOf(cell));
    if (type === "skip" || cell.cell_type === "raw") continue;
    const opens = type === "slide" || type === "subslide";
    if (opens || slide === undefined) slide = begin(cell, type === "subslide");
    if (type === "notes") slide.notes.push(sourceOf(cell));
    else slide.pieces.push({ cell, isFragment: type === "fragment" });
    if (typeof cell.metadata.notes === "string") slide.notes.push(cell.metadata.notes);
  }
  return stacks.map(stack => stack.filter(({ pieces }) => pieces.length > 0)).filter(stack => stack.length > 0);
}

function typeOf({ metadata }: Cell): SlideType {
  const { slide_type = "-" } = (metadata.slideshow ?? {}) as { slide_type?: SlideType | null };
  return slide_type ?? "-";
}

function headingType(cell: Cell): SlideType | undefined {
  if (cell.cell_type !== "markdown") return undefined;
  const level = /^\s*(#{1,3})\s/.exec(sourceOf(cell))?.[1]?.length;
  if (level === undefined) return undefined;
  return level < 3 ? "slide" : "subslide";
}
