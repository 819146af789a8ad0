import { button, row } from "./frame.ts";

const SIZE = 140;
/** A pen as broad as MNIST's: two of twenty pixels. */
const PEN = 12;

/** A square to draw a digit on, with mouse, finger or pen. */
export interface Pad {
  element: HTMLElement;
  /** Ink 0 … 1 of each pixel, row by row. */
  read(): Float32Array;
  clear(): void;
}

export function pad(changed: () => void): Pad {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  canvas.className = "pad";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Draw a digit here");
  const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  Object.assign(context, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#fff" });
  const move = (event: PointerEvent, isFirst: boolean): void => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * SIZE, ((event.clientY - top) / width) * SIZE];
    if (isFirst) {
      context.beginPath();
      context.moveTo(x, y);
    }
    // A hair further: a touch without a move is a dot, and a line without a length would be nothing.
    context.lineTo(x + 0.01, y);
    context.stroke();
    changed();
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    move(event, true);
  });
  canvas.addEventListener("pointermove", event => {
    if (event.buttons !== 0) move(event, false);
  });
  return {
    element: canvas,
    read: () => {
      const { data } = context.getImageData(0, 0, SIZE, SIZE);
      return Float32Array.from({ length: SIZE * SIZE }, (_, i) => (data[4 * i + 3] as number) / 255);
    },
    clear: () => context.clearRect(0, 0, SIZE, SIZE),
  };
}

/** The pad with the words that say what it is for, and the button that empties it. */
export function withClear({ element, clear }: Pad): HTMLElement {
  const words = document.createElement("span");
  words.textContent = "draw a digit";
  return row("drawing", element, words, button("Clear", clear));
}
