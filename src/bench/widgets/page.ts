import { median, written } from "../statistics.ts";
import type { KernelFigures } from "./kernels.ts";
import type { ExplorerFigures, PageFigures } from "./lab.ts";

export interface Measured {
  kernels: Map<string, KernelFigures[]>;
  sliders: Map<string, PageFigures>;
  explorer: ExplorerFigures | undefined;
  machine: string;
  load: string;
  versions: string;
  rounds: number;
}

const KERNEL_ROWS: [title: string, of: keyof KernelFigures][] = [
  ["An event of a slider to the text that its handler writes, p50, ms", "p50"],
  ["The same, p95, ms", "p95"],
  ["Bytes of JSON for an event, up (content)", "up"],
  ["Bytes of JSON for an event, down (all messages)", "down"],
  ["While a cell trains, 60 events a second: sent", "sent"],
  ["Heard by the handler", "heard"],
  ["An event to its text meanwhile, p50, ms", "busyP50"],
  ["The same, p95, ms", "busyP95"],
  ["The training takes longer by, %", "slower"],
  ["It takes more of the processors by, %", "dearer"],
];

const PAGE_ROWS: [title: string, of: keyof PageFigures][] = [
  ["A key on the slider to the changed text, p50, ms", "p50"],
  ["The same, p95, ms", "p95"],
  ["Frames a second while a key moves it 60 times a second", "frames"],
  ["Different texts seen meanwhile, in 4 s", "texts"],
];

/** The page docs/benchmarks/widgets.md. */
export function page({ kernels, sliders, explorer, machine, load, versions, rounds }: Measured): string {
  const names = [...kernels.keys()];
  const ofKernels = KERNEL_ROWS.map(([title, of]) => [
    title,
    ...names.map(name => spread((kernels.get(name) ?? []).map(figures => figures[of]))),
  ]);
  const ofPages = PAGE_ROWS.map(([title, of]) => [
    title,
    ...names.map(name => written(sliders.get(name)?.[of] ?? Number.NaN)),
  ]);
  return [
    "# Widgets: latency, messages, frames",
    `Written by \`npm run bench widgets\`. Both kernels take turns, ${rounds} rounds of each; a figure is the middle of the rounds with
their range. The handler of a slider writes its value into an html widget. "Trains": ours is an autoencoder in TensorFlow.js with
an \`await\` a step, Python's a loop of sums, so compare each with itself alone: 4 s without events and 4 s with 60 a second,
twice. ipykernel hears a message when its cell has ended.`,
    `Machine: ${machine}; load ${load} while this ran, so read the ratios.\n${versions}, Node ${process.versions.node}.`,
    "## Without a page",
    table(["", ...names], ofKernels),
    ...(sliders.size === 0
      ? []
      : ["## In JupyterLab, headless Chromium without a graphics card", table(["", ...names], ofPages)]),
    ...(explorer === undefined ? [] : ["## An explorer in the page", explorerWords(explorer)]),
    "",
  ].join("\n\n");
}

function explorerWords({ frames, p50, p95, bytes }: ExplorerFigures): string {
  return `\`explore.plane\` with a decoder 2-256-784, an encoder and 1,000 points: ${written(frames)} frames a second while the pointer moves
once a frame; a move (decode and draw) takes ${written(p50)} ms at the median and ${written(p95)} ms at the 95th percentile. No kernel
takes part. Its state is ${Math.round(bytes / 1000)} kB of the notebook.`;
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.length < 2 || least === most
    ? written(median(values))
    : `${written(median(values))} (${written(least)}-${written(most)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
