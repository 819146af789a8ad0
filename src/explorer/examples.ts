import { button, row } from "./frame.ts";
import { type Picture, picture } from "./picture.ts";

/** Small pictures, of which one is chosen with a click or the keyboard. */
export interface Examples {
  element: HTMLElement;
  read(index: number): Float32Array;
  name(index: number): string;
  /** Marks the chosen one; none where the index is that of no example. */
  mark(index: number): void;
}

export function examples(
  side: number,
  bytes: Uint8Array,
  labels: Uint8Array,
  choose: (index: number) => void,
): Examples {
  const size = side * side;
  const read = (index: number) =>
    Float32Array.from(bytes.subarray(index * size, (index + 1) * size), value => value / 255);
  const name = (index: number) =>
    labels.length > index ? `example ${index + 1}, class ${labels[index]}` : `example ${index + 1}`;
  const buttons = Array.from({ length: bytes.length / size }, (_, index) => {
    const thumbnail: Picture = picture(side, name(index));
    thumbnail.show(read(index), name(index));
    const element = button("", () => choose(index));
    element.className = "example";
    element.setAttribute("aria-label", name(index));
    element.append(thumbnail.canvas);
    return element;
  });
  return {
    element: row("examples", ...buttons),
    read,
    name,
    mark: index => {
      for (const [i, element] of buttons.entries()) element.setAttribute("aria-pressed", `${i === index}`);
    },
  };
}
