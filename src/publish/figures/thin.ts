import type { Figure, Trace } from "./figure.ts";

/** More points of a trace than this are neither told apart by a reader nor drawn by a browser in good time. */
const MOST_POINTS = 50_000;

const READERS: Record<string, new (buffer: ArrayBuffer) => ArrayLike<number>> = {
  ...{ f4: Float32Array, f8: Float64Array, i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array },
  ...{ i4: Int32Array, u4: Uint32Array },
};

/** A figure whose traces of points are short enough for a page: of longer ones every n-th point is taken. */
export function thinned(figure: Figure): { figure: Figure; every: number } {
  const every = Math.max(1, ...figure.data.map(trace => Math.ceil(pointsOf(trace) / MOST_POINTS)));
  if (every === 1) return { figure, every };
  const data = figure.data.map(trace => thin(trace, pointsOf(trace)));
  return { figure: { ...figure, data }, every };
}

/** How many points a trace has; 0 where it does not consist of points. */
function pointsOf(trace: Trace): number {
  if (!/^scatter/.test(trace.type ?? "scatter")) return 0;
  return Math.max(...[trace.x, trace.y, trace.z].map(values => numbersOf(values)?.length ?? 0));
}

/** Takes every n-th of all lists that have one entry a point, also inside `marker`. */
function thin<T extends object>(part: T, points: number): T {
  const every = Math.ceil(points / MOST_POINTS);
  if (every <= 1) return part;
  const entries = Object.entries(part).map(([key, value]: [string, unknown]) => {
    const numbers = numbersOf(value);
    if (numbers?.length === points) return [key, Array.from(numbers).filter((_, i) => i % every === 0)];
    const isPart = typeof value === "object" && value !== null && !Array.isArray(value) && numbers === undefined;
    return [key, isPart ? thin(value, points) : value];
  });
  // Points without x stand at 0, 1, 2 …: their distance grows.
  const spacing = "x" in part || !("y" in part) ? {} : { dx: every };
  return { ...Object.fromEntries(entries), ...spacing } as T;
}

function numbersOf(values: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(values)) return values;
  const { bdata, dtype } = (values ?? {}) as { bdata?: string; dtype?: string };
  const Reader = dtype === undefined ? undefined : READERS[dtype];
  if (bdata === undefined || Reader === undefined) return undefined;
  return new Reader(Uint8Array.from(Buffer.from(bdata, "base64")).buffer);
}
