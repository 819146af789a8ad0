import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { bars } from "./bars.ts";
import { classColours } from "./colours.ts";
import { curves } from "./curves.ts";
import { decode, type EncodedArray, encode } from "./encode.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import { histogram } from "./histogram.ts";
import { images } from "./images.ts";
import { figure } from "./own.ts";
import { encodePng } from "./png.ts";
import { scatter } from "./scatter.ts";
import { spectrum } from "./spectrum.ts";

/** As much of a tensor as a figure reads, so that figures are tested without the engine. */
function matrix(rows: number[][]): Tensor2D {
  const shape = [rows.length, (rows[0] as number[]).length];
  return { shape, dataSync: () => Float32Array.from(rows.flat()) } as unknown as Tensor2D;
}

function numbers(encoded: unknown): number[] {
  return [...decode(encoded as EncodedArray)];
}

/** What a front end receives: the figure after a trip through JSON. */
function received(figure: Figure): { data: PlotlyObject[]; layout: PlotlyObject } {
  return JSON.parse(JSON.stringify(figure.bundle()["application/vnd.plotly.v1+json"]));
}

const codes = matrix([
  [1, 2],
  [3, 4],
  [5, 6.5],
  [7, 8],
]);
const words = { title: "Sevens stand apart", x: "code z₁", y: "code z₂" };

test("scatter sends every point with its class, and the points decode to the codes", () => {
  const { data } = received(scatter(codes, [7, 3, 7, 3], words));
  assert.deepEqual(
    data.map(({ name }) => name),
    ["3", "7"],
  );
  assert.deepEqual(
    data.map(({ x }) => numbers(x)),
    [
      [3, 7],
      [1, 5],
    ],
  );
  assert.deepEqual(
    data.map(({ y }) => numbers(y)),
    [
      [4, 8],
      [2, 6.5],
    ],
  );
});

test("a class has its colour whatever classes stand beside it", () => {
  const colours = (labels: number[]) =>
    Object.fromEntries(
      received(scatter(codes, labels, words)).data.map(t => [t.name, (t.marker as PlotlyObject).color]),
    );
  assert.equal(colours([7, 3, 7, 3])["7"], colours([7, 0, 1, 2])["7"]);
  assert.equal(colours([7, 7, 7, 7])["7"], classColours[7]);
});

test("scatter has one scale on both axes, the finding as title, and names on the axes", () => {
  const { layout } = received(scatter(codes, [7, 3, 7, 3], words));
  assert.equal((layout.yaxis as PlotlyObject).scaleanchor, "x");
  assert.equal((layout.title as PlotlyObject).text, words.title);
  assert.deepEqual((layout.xaxis as PlotlyObject).title, { text: "code z₁" });
});

test("scatter says in words what it shows", () => {
  const summary = "Scatter: 4 points in 2 classes; code z₁ 1 … 7, code z₂ 2 … 8. Sevens stand apart";
  assert.equal(scatter(codes, [7, 3, 7, 3], words).summary, summary);
});

test("scatter refuses codes that are not of two numbers, and labels that are too few", () => {
  assert.throws(() => scatter(matrix([[1, 2, 3]]), [1], words), /got \[1, 3\] and 1/);
  assert.throws(() => scatter(codes, [1, 2], words), /got \[4, 2\] and 2/);
});

test("60,000 points are drawn by WebGL and stay below 0.7 MB", () => {
  const many = matrix(Array.from({ length: 60_000 }, (_, i) => [Math.sin(i), Math.cos(i)]));
  const figure = scatter(
    many,
    Array.from({ length: 60_000 }, (_, i) => i % 10),
    words,
  );
  assert.equal(figure.data[0]?.type, "scattergl");
  assert.ok(JSON.stringify(figure.bundle()).length < 700_000);
});

/** The grey levels of a picture that {@link images} made, row by row. */
function pixels(figure: Figure): { width: number; height: number; grey: number[][] } {
  const png = Buffer.from(String(figure.data[0]?.source).replace("data:image/png;base64,", ""), "base64");
  return unpack(png);
}

function unpack(png: Buffer): { width: number; height: number; grey: number[][] } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const start = png.indexOf("IDAT") + 4;
  const lines = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const grey = Array.from({ length: height }, (_, y) => [
    ...lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)),
  ]);
  return { width, height, grey };
}

test("images are tiled row by row with a pixel between them, ink dark and values clipped", () => {
  const figure = images(
    matrix([
      [1, 0, 0, 0.5],
      [0, 2, -1, 0],
      [1, 1, 1, 1],
    ]),
    { title: "Three", columns: 2 },
  );
  assert.deepEqual(pixels(figure), {
    width: 5,
    height: 5,
    grey: [
      [0, 255, 255, 255, 0],
      [255, 128, 255, 255, 255],
      [255, 255, 255, 255, 255],
      [0, 0, 255, 255, 255],
      [0, 0, 255, 255, 255],
    ],
  });
});

test("rows of images are named at their height", () => {
  const strip = images(
    matrix([
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ]),
    { title: "Two", columns: 1, rows: ["digit", "PCA"] },
  );
  const { yaxis } = received(strip).layout;
  assert.deepEqual((yaxis as PlotlyObject).ticktext, ["digit", "PCA"]);
  assert.deepEqual((yaxis as PlotlyObject).tickvals, [0.5, 3.5]);
});

test("images that are no squares need a width that fits", () => {
  const wide = matrix([[0, 0, 0, 0, 0, 1]]);
  assert.throws(() => images(wide, { title: "", columns: 1 }), RangeError);
  assert.throws(() => images(wide, { title: "", columns: 1, width: 4 }), RangeError);
  assert.equal(pixels(images(wide, { title: "", columns: 1, width: 3 })).height, 2);
});

test("a hundred digits take less than 60 kB", () => {
  const digit = Array.from({ length: 784 }, (_, i) => Math.max(0, Math.sin(i / 9) * Math.cos(i / 250)));
  const figure = images(matrix(Array.from({ length: 100 }, () => digit)), { title: "Digits", columns: 20 });
  assert.ok(JSON.stringify(figure.bundle()).length < 60_000);
});

test("curves share their positions; without any these are 1, 2, 3 …", () => {
  const series = { ours: [3, 2, 1], theory: [1, 1, 1] };
  const positions = (figure: Figure) => received(figure).data.map(({ x }) => numbers(x));
  assert.deepEqual(positions(curves(series, words)), [
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.deepEqual(positions(curves(series, { ...words, at: [0, 10, 20] })), [
    [0, 10, 20],
    [0, 10, 20],
  ]);
});

test("a logarithmic axis is asked for by one word", () => {
  const type = (log: boolean) =>
    (received(curves({ angle: [1, 0.1] }, { ...words, log })).layout.yaxis as PlotlyObject).type;
  assert.deepEqual([type(true), type(false)], ["log", undefined]);
});

test("a logarithmic axis over two powers of ten is labelled by them alone, a shorter one by more", () => {
  const step = (...loss: number[]) =>
    (received(curves({ loss }, { ...words, log: true })).layout.yaxis as PlotlyObject).dtick;
  assert.deepEqual([step(0.6, 0.005), step(0.6, 0.1), step(0, 0.6)], [1, undefined, undefined]);
});

test("the horizontal axis of curves is in powers of ten where that is asked for, its ticks written out", () => {
  const axis = (logX: boolean) =>
    received(curves({ error: [0.3, 0.2] }, { ...words, at: [20, 1500], logX })).layout.xaxis as PlotlyObject;
  assert.deepEqual([axis(true).type, axis(false).type], ["log", undefined]);
  assert.deepEqual(axis(true).tickvals, [20, 50, 100, 200, 500, 1000]);
});

test("curves that are named as points are drawn as points", () => {
  const { data } = received(curves({ ours: [1, 2], theory: [1, 2] }, { ...words, points: ["ours"] }));
  assert.deepEqual(
    data.map(({ mode }) => mode),
    ["markers", "lines"],
  );
});

test("a band lies behind its curve in the curve's colour, and is refused where it does not fit", () => {
  const series = { pixels: [1, 2, 3], codes: [4, 5, 6] };
  const band: [number[], number[]] = [
    [3, 4, 5],
    [5, 6, 7],
  ];
  const figure = curves(series, { ...words, at: [10, 100, 1000], bands: { codes: band } });
  const [area, , codes] = received(figure).data as [PlotlyObject, PlotlyObject, PlotlyObject];
  assert.deepEqual(numbers(area.x), [10, 100, 1000, 1000, 100, 10]);
  assert.deepEqual(numbers(area.y), [5, 6, 7, 5, 4, 3]);
  assert.equal(area.fillcolor, `${(codes.line as PlotlyObject).color}2e`);
  assert.deepEqual([area.fill, area.showlegend, codes.name], ["toself", false, "codes"]);
  const refused = (bands: Record<string, [number[], number[]]>) =>
    assert.throws(() => curves(series, { ...words, bands }), /needs two ends for each number of the curve/);
  refused({ cods: band });
  refused({ codes: [[1, 2], band[1]] });
});

test("a spectrum parts the eigenvalues into kept and lost, with both sums", () => {
  const { data } = received(spectrum([4, 3, 2, 1], { ...words, keep: 1 }));
  assert.deepEqual(
    data.map(({ name }) => name),
    ["kept: 4", "lost: 6"],
  );
  assert.deepEqual(
    data.map(({ x }) => numbers(x)),
    [[1], [2, 3, 4]],
  );
});

test("typed arrays survive encoding, each in its own type", () => {
  for (const array of [Float32Array.of(0.1, -2), Float64Array.of(0.1), Int32Array.of(-7), Uint8Array.of(255)]) {
    assert.deepEqual(decode(encode(array)), array);
  }
  assert.equal(encode(new Uint8Array(6), [2, 3]).shape, "2, 3");
});

test("a part of a larger array is encoded alone", () => {
  assert.deepEqual(numbers(encode(Float32Array.of(1, 2, 3, 4).subarray(1, 3))), [2, 3]);
});

test("a PNG keeps every grey level", () => {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(unpack(encodePng(levels, 64, 4)).grey.flat(), [...levels]);
});

test("curves draw 200,000 steps on a logarithmic axis, and refuse a curve of nothing by its name", () => {
  const many = Float32Array.from({ length: 200_000 }, (_, i) => 1 / (i + 1));
  assert.equal(numbers(received(curves({ loss: many }, { ...words, logX: true })).data[0]?.y).length, 200_000);
  assert.throws(() => curves({ loss: [1], validation: [] }, words), /"validation" has no numbers/);
  assert.throws(() => curves({}, words), /at least one series/);
});

test("scatter without labels has one kind of points, with a quantity a scale of colours with its name", () => {
  const alike = scatter(codes, words);
  const [points] = received(alike).data as [PlotlyObject];
  assert.deepEqual([numbers(points.x), numbers(points.y)], [[1, 3, 5, 7], [2, 4, 6.5, 8]]); // biome-ignore format: short
  assert.equal(alike.summary, "Scatter: 4 points; code z₁ 1 … 7, code z₂ 2 … 8. Sevens stand apart");
  const coloured = scatter(codes, { ...words, colour: [0.5, 1, 2, 4], z: "slant (rad)" });
  const { marker } = received(coloured).data[0] as { marker: PlotlyObject };
  assert.deepEqual(numbers(marker.color), [0.5, 1, 2, 4]);
  assert.equal(marker.showscale, true);
  assert.match(coloured.summary, /colour slant \(rad\) 0\.5 … 4\./);
  assert.throws(() => scatter(codes, { ...words, colour: [1] }), /n colours; got \[4, 2\] and 1/);
  const both = { ...words, colour: [1, 2, 3, 4] };
  assert.throws(() => scatter(codes, [7, 3, 7, 3], both), /by labels or by a quantity, not by both/);
});

test("a histogram counts every value once, the highest in the last bin", () => {
  const figure = histogram([0, 0.1, 1, 1.5, 2, 3, 4], { title: "Most are small", x: "error", bins: 4 });
  const [{ x, y }] = received(figure).data as [PlotlyObject];
  assert.deepEqual([numbers(x), numbers(y)], [[0.5, 1.5, 2.5, 3.5], [2, 2, 1, 2]]); // biome-ignore format: short
  assert.equal(figure.summary, "Histogram: 7 values in 4 bins; error 0 … 4. Most are small");
  const [one] = received(histogram([5, 5], { title: "All alike", bins: 3 })).data as [PlotlyObject];
  assert.deepEqual(numbers(one.y), [2, 0, 0]);
  for (const bad of [[], [1, Number.NaN]]) assert.throws(() => histogram(bad, { title: "None" }), /all of them finite/);
  assert.throws(() => histogram([1], { title: "None", bins: 0 }), /bins as a whole number/);
});

test("bars stand in the order of their names, which are no numbers on an axis", () => {
  const figure = bars(["9", "4"], [3, 1], { title: "Nines are rare", y: "images" });
  const { data, layout } = received(figure);
  assert.deepEqual(
    [data[0]?.x, numbers(data[0]?.y)],
    [
      ["9", "4"],
      [3, 1],
    ],
  );
  assert.equal((layout.xaxis as PlotlyObject).type, "category");
  assert.equal(figure.summary, "Bars: 2; images 1 … 3. Nines are rare");
  assert.throws(() => bars(["a"], [1, 2], { title: "None" }), /1 names, 2 values/);
});

test("a figure of Plotly's own objects has the course's look where it says nothing, and can be changed until it is shown", () => {
  const own = figure([{ type: "scatter", name: "loss", x: [1, 2], y: new Float32Array([3, 4]) }], {
    title: { text: "Loss falls" },
    xaxis: { type: "log" },
    width: 300,
  });
  own.layout.height = 200;
  own.data[0] = { ...own.data[0], marker: { color: new Float64Array([1, 2]), symbol: ["x", "cross"] } };
  const { data, layout } = received(own);
  assert.deepEqual(data[0]?.x, [1, 2]);
  assert.deepEqual(numbers(data[0]?.y), [3, 4]);
  const [{ marker }] = data as [{ marker: { color: unknown; symbol: unknown } }];
  assert.deepEqual(
    [numbers(marker.color), marker.symbol],
    [
      [1, 2],
      ["x", "cross"],
    ],
  );
  assert.deepEqual([layout.width, layout.height], [300, 200]);
  assert.equal((layout.xaxis as PlotlyObject).type, "log");
  assert.ok((layout.xaxis as PlotlyObject).gridcolor, "the rest of the axis stays");
  assert.equal((layout.title as PlotlyObject).xanchor, "left");
  assert.equal(own.summary, "Figure: scatter, 2 points, loss. Loss falls");
  assert.throws(() => figure({ type: "bar" } as never), /takes a list of traces/);
});
