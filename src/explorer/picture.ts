/** A small canvas with a name below it: one grey picture. */
export interface Picture {
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  /** Shows values 0 … 1, white on black as MNIST has them, and says what it is. */
  show(values: ArrayLike<number>, words: string): void;
}

export function picture(side: number, label: string): Picture {
  const element = document.createElement("figure");
  const canvas = document.createElement("canvas");
  const caption = document.createElement("figcaption");
  canvas.width = side;
  canvas.height = side;
  canvas.className = "image";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  caption.textContent = label;
  element.append(canvas, caption);
  const context = canvas.getContext("2d");
  const pixels = new ImageData(side, side);
  return {
    element,
    canvas,
    show(values, words) {
      for (let i = 0; i < side * side; i++) {
        const grey = Math.round(255 * Math.min(1, Math.max(0, values[i] ?? 0)));
        pixels.data.set([grey, grey, grey, 255], 4 * i);
      }
      context?.putImageData(pixels, 0, 0);
      canvas.setAttribute("aria-label", words);
      caption.textContent = words;
    },
  };
}
