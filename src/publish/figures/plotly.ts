import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Figure } from "./figure.ts";

const require = createRequire(import.meta.url);

/** The builds of Plotly from small to large, with the traces that each draws. Sizes in MB, packed as in a deck. */
const BUILDS: readonly { name: string; traces: ReadonlySet<string> | undefined }[] = [
  // 0.66
  {
    name: "plotly.js-cartesian-dist-min",
    traces: new Set(
      "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin".split(
        " ",
      ),
    ),
  },
  // 0.74
  {
    name: "plotly.js-gl3d-dist-min",
    traces: new Set("cone isosurface mesh3d scatter scatter3d streamtube surface volume".split(" ")),
  },
  // 1.97
  { name: "plotly.js-dist-min", traces: undefined },
];

/** The smallest build of Plotly that draws all the figures. */
export function buildFor(figures: readonly Figure[]): string {
  const needed = new Set(figures.flatMap(({ data }) => data.map(({ type }) => type ?? "scatter")));
  const build = BUILDS.find(({ traces }) => traces === undefined || isWithin(needed, traces));
  return (build as { name: string }).name;
}

function isWithin(needed: ReadonlySet<string>, traces: ReadonlySet<string>): boolean {
  return [...needed].every(trace => traces.has(trace));
}

/** The file of a build. */
export function fileOf(build: string): string {
  return require.resolve(build);
}

const packed = new Map<string, string>();

/** A build of Plotly, gzipped and in base64. */
export function packedBuild(build: string): string {
  const before = packed.get(build);
  if (before !== undefined) return before;
  const text = pack(readFileSync(fileOf(build)));
  packed.set(build, text);
  return text;
}

/** What the page unpacks: gzip, in base64, which no parser of HTML can misread. */
export function pack(content: string | Buffer): string {
  return gzipSync(content, { level: 9 }).toString("base64");
}
