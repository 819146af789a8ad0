import type { Cell } from "../../course/pair/index.ts";
import type { Still } from "../figures/figure.ts";
import { PLOTLY, textOf } from "../notebook/outputs.ts";
import { outputsOf, type Source } from "../notebook/read.ts";

/** A picture as a file. */
export interface Cover {
  ending: ".png" | ".svg";
  content: Buffer;
}

/**
 * The picture that stands for a lesson: a figure of the cell tagged `cover`, or of the whole lesson. Of several it is the one that
 * takes most bytes, since that is the one with most to see.
 */
export function coverOf({ cells }: Source, stills: ReadonlyMap<unknown, Still>): Cover | undefined {
  const tagged = cells.filter(isCover);
  const covers = (tagged.length > 0 ? tagged : cells).flatMap(outputsOf).flatMap(({ data = {} }) => {
    const value = data[PLOTLY];
    const cover = value === undefined ? undefined : asFile(data, stills.get(value));
    return cover === undefined ? [] : [cover];
  });
  return covers.sort((a, b) => b.content.length - a.content.length)[0];
}

function asFile(data: Record<string, unknown>, made: Still = {}): Cover | undefined {
  const svg = textOf(data["image/svg+xml"]) || made.svg;
  const png = textOf(data["image/png"]).trim() || made.png;
  if (svg) return { ending: ".svg", content: Buffer.from(svg) };
  return png ? { ending: ".png", content: Buffer.from(png, "base64") } : undefined;
}

function isCover({ metadata }: Cell): boolean {
  return (metadata as { tags?: string[] }).tags?.includes("cover") ?? false;
}
