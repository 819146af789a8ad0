import { type FigureData, loadPlotly } from "./plotly.ts";
import { unpack } from "./unpack.ts";

/** The figures of the page, by their number. */
let packed: Promise<FigureData[]> | undefined;

/** What Plotly takes where a figure names no size. */
const USUAL = { width: 700, height: 450, font: 12 };
/** A figure may grow by this much beyond its own width and height before it is enlarged as a whole. */
const STRETCH = 1.15;

export interface Room {
  width: number;
  height: number;
  /** No letter of the figure is smaller than this on the page, in pixels, before the page itself is scaled. */
  letters: number;
}

/** The room that an element has for a figure of this layout. */
export type RoomOf = (element: HTMLElement, layout: Record<string, unknown>) => Room;

/** Draws a figure live into its element, fitted to the room. What stood in for it gives way when it is there. */
export async function drawFigure(element: HTMLElement, roomOf: RoomOf): Promise<void> {
  if (element.dataset.state !== undefined) return;
  element.dataset.state = "drawing";
  try {
    packed ??= unpack("latent-figures").then(text => JSON.parse(text ?? "[]") as FigureData[]);
    const figure = (await packed)[Number(element.dataset.figure)];
    if (figure === undefined) throw new Error(`The page carries no figure ${element.dataset.figure}.`);
    const layout = withoutGap(figure.layout ?? {});
    await draw(element, { ...figure, layout }, roomOf(element, layout));
    element.dataset.state = "live";
  } catch (error) {
    element.dataset.state = "failed";
    element.title = `This figure is a still: ${(error as Error).message}`;
    console.error(error);
  }
}

/** Draws a figure anew where its room has changed. */
export async function redrawFigure(element: HTMLElement, roomOf: RoomOf): Promise<void> {
  const frame = element.querySelector<HTMLElement>(".frame");
  (await loadPlotly()).purge(element.querySelector(".live") as HTMLElement);
  frame?.remove();
  delete element.dataset.state;
  await drawFigure(element, roomOf);
}

async function draw(element: HTMLElement, figure: FigureData, room: Room): Promise<void> {
  const plotly = await loadPlotly();
  const { width, height, zoom } = fitted(figure.layout ?? {}, room);
  const live = document.createElement("div");
  live.className = "live";
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", element.dataset.words ?? "A figure");
  live.style.cssText = `width:${width}px;height:${height}px;transform:scale(${zoom})`;
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.style.cssText = `width:${width * zoom}px;height:${height * zoom}px`;
  frame.append(live);
  element.append(frame);
  await plotly.newPlot(live, {
    ...figure,
    layout: { ...withLegendAtFoot(withTitleInside(figure.layout ?? {}, width)), width, height, autosize: false },
    config: { ...figure.config, displaylogo: false, responsive: false, displayModeBar: "hover" },
  });
}

/** The size at which Plotly draws, and how much that is enlarged: margins, marks and letters keep their proportions. */
export function fitted(
  layout: Record<string, unknown>,
  { width, height, letters }: Room,
): { width: number; height: number; zoom: number } {
  const own = {
    width: typeof layout.width === "number" ? layout.width : USUAL.width,
    height: typeof layout.height === "number" ? layout.height : USUAL.height,
  };
  const readable = letters / smallestFont(layout);
  const zoom = Math.max(readable, Math.min(width / own.width, height / own.height));
  return {
    width: Math.floor(Math.min(width / zoom, own.width * STRETCH)),
    height: Math.floor(Math.min(height / zoom, own.height * STRETCH)),
    zoom,
  };
}

/** What a title in its usual place leaves empty above itself, for the buttons of a notebook, is better used by the figure. */
export function withoutGap(layout: Record<string, unknown>): Record<string, unknown> {
  const { title, margin, height } = layout as {
    title?: {
      text?: string;
      y?: number;
      yref?: string;
      yanchor?: string;
      pad?: { b?: number };
      font?: { size?: number };
    };
    margin?: { t?: number };
    height?: number;
  };
  if (!title?.text || title.y !== 1 || title.yref !== "paper" || title.yanchor !== "bottom") return layout;
  // Room for a second line, where the title needs one on a telephone.
  const lines = title.text.length > 60 ? 2 : 1;
  const needed = (title.pad?.b ?? 0) + lines * 1.3 * (title.font?.size ?? 17) + 6;
  const gap = (margin?.t ?? 0) - needed;
  if (gap <= 0) return layout;
  return { ...layout, margin: { ...margin, t: needed }, ...(height !== undefined && { height: height - gap }) };
}

/** A title that is longer than the figure is wide goes on in a second line; Plotly would cut it. */
export function withTitleInside(layout: Record<string, unknown>, width: number): Record<string, unknown> {
  const title = layout.title as { text?: string; font?: { size?: number } } | undefined;
  const size = title?.font?.size ?? USUAL.font * 1.4;
  // Most letters are narrower than this share of their height.
  const most = Math.floor(width / (0.53 * size));
  if (typeof title?.text !== "string" || title.text.length <= most || title.text.includes("<br>")) return layout;
  const lines = [""];
  for (const word of title.text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= most || lines.at(-1) === "") lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return { ...layout, title: { ...title, text: lines.join("<br>") } };
}

/** A legend below the axes is placed by their height, so in a lower figure it would meet the title of the axis. */
function withLegendAtFoot(layout: Record<string, unknown>): Record<string, unknown> {
  const legend = layout.legend as { orientation?: string; y?: number } | undefined;
  if (legend?.orientation !== "h" || (legend.y ?? 0) >= 0) return layout;
  return { ...layout, legend: { ...legend, yref: "container", y: 0.01, yanchor: "bottom" } };
}

/** The size of the smallest letters that the layout asks for; Plotly's own marks are never smaller than 10. */
function smallestFont(layout: Record<string, unknown>): number {
  const sizes: number[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value !== "object" || value === null) return;
    const { size } = value as { size?: unknown };
    if (/font$/i.test(name) && typeof size === "number") sizes.push(size);
    for (const [key, inner] of Object.entries(value)) visit(inner, key);
  };
  visit(layout, "");
  return Math.max(10, Math.min(USUAL.font + 1, ...sizes));
}
