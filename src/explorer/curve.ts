import type { Picture } from "./picture.ts";

const WIDTH = 140;
const HEIGHT = 140;

/** A series of numbers as a line, between the lowest and the highest value that any series has. */
export function curve(label: string, [low, high]: readonly [number, number]): Picture {
  const element = document.createElement("figure");
  const canvas = document.createElement("canvas");
  const caption = document.createElement("figcaption");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT, className: "curve" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  caption.textContent = label;
  element.append(canvas, caption);
  const y = (value: number): number => HEIGHT - 4 - ((value - low) / (high - low || 1)) * (HEIGHT - 8);
  return {
    element,
    canvas,
    show(values, words) {
      const context = canvas.getContext("2d");
      if (context === null) return;
      context.clearRect(0, 0, WIDTH, HEIGHT);
      context.strokeStyle = getComputedStyle(canvas).color;
      context.lineWidth = 2;
      context.beginPath();
      for (let i = 0; i < values.length; i++)
        context.lineTo(4 + (i / (values.length - 1)) * (WIDTH - 8), y(values[i] as number));
      context.stroke();
      canvas.setAttribute("aria-label", words);
      caption.textContent = words;
    },
  };
}
