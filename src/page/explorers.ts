import { plainModel } from "../explorer/model.ts";
import { bytesOf, unpack } from "./unpack.ts";

/** An anywidget of the notebook: its module, its style and its state, with its bytes in base64. */
interface StoredWidget {
  module: string;
  style?: string;
  state: Record<string, unknown>;
  bytes: Record<string, string>;
}

/** What anywidget's modules ask of a model; authors' own may unsubscribe. */
type PlainModel = ReturnType<typeof plainModel> & { off(): void };

type Render = (context: { model: PlainModel; el: HTMLElement }) => unknown;

let packed: Promise<Record<string, StoredWidget>> | undefined;

/** Starts the explorer that belongs into this element. Its words stay where it cannot be started. */
export async function startExplorer(element: HTMLElement): Promise<void> {
  if (element.dataset.state !== undefined) return;
  element.dataset.state = "starting";
  try {
    packed ??= unpack("latent-widgets").then(text => JSON.parse(text ?? "{}") as Record<string, StoredWidget>);
    const widget = (await packed)[element.dataset.widget as string];
    if (widget === undefined) throw new Error(`The page carries no widget ${element.dataset.widget}.`);
    const { default: module } = (await import(moduleAddress(widget.module))) as { default: { render: Render } };
    const place = document.createElement("div");
    if (widget.style) place.append(Object.assign(document.createElement("style"), { textContent: widget.style }));
    element.append(place);
    await module.render({ model: modelOf(widget), el: place });
    element.dataset.state = "live";
  } catch (error) {
    element.dataset.state = "failed";
    element.title = `This explorer does not run: ${(error as Error).message}`;
    console.error(error);
  }
}

function moduleAddress(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

function modelOf({ state, bytes }: StoredWidget): PlainModel {
  const buffers = Object.entries(bytes).map(([key, data]) => [key, new DataView(bytesOf(data).buffer)]);
  return { ...plainModel({ ...state, ...Object.fromEntries(buffers) }), off() {} };
}
