import { type Bars, bars } from "./bars.ts";
import { type Examples, examples } from "./examples.ts";
import { frame, type Rendering, row } from "./frame.ts";
import { bytesOf, floatsOf, type Model, tell } from "./model.ts";
import { type LayerShape, type Network, type Precision, readNetwork, run } from "./network.ts";
import { pad, withClear } from "./pad.ts";
import { centred } from "./pen.ts";
import { type Picture, picture } from "./picture.ts";

interface Code {
  readonly model: Model;
  readonly encoder: Network;
  readonly decoder: Network;
  readonly input: Picture;
  readonly output: Picture;
  readonly bars: Bars;
  words: HTMLElement;
  /** What was encoded: an example or a drawing. */
  source: string;
  at: Float32Array;
}

/** A code as bars that can be moved: change one number and see what the decoder makes of it. */
export const code: Rendering = {
  render({ model, el }) {
    const side = model.get("side") as number;
    const network = (name: string) =>
      readNetwork(model.get(`${name}_layers`) as LayerShape[], bytesOf(model, `${name}_weights`), precision);
    const precision = model.get("precision") as Precision;
    const changed = (z: Float32Array): void => go(it, z);
    const it: Code = {
      ...{ model, encoder: network("encoder"), decoder: network("decoder") },
      ...{ input: picture(side, "input"), output: picture(side, "output"), words: document.createElement("p") },
      bars: bars(floatsOf(model, "lowest"), floatsOf(model, "highest"), changed),
      ...{ source: "", at: new Float32Array(0) },
    };
    build(it, side, el);
    model.on("change:at", () => {
      const at = model.get("at") as number[] | null;
      if (at == null || at.every((value, i) => Math.fround(value) === it.at[i])) return;
      it.at = Float32Array.from(at);
      show(it);
    });
  },
};

function build(it: Code, side: number, el: HTMLElement): void {
  const { model, input, output } = it;
  const encode = (image: Float32Array, source: string): Float32Array => {
    it.source = source;
    input.show(image, source);
    return run(it.encoder, image);
  };
  const shown: Examples = examples(side, bytesOf(model, "images"), bytesOf(model, "labels"), index => {
    shown.mark(index);
    go(it, encode(shown.read(index), shown.name(index)));
  });
  const board = pad(() => {
    const digit = centred(board.read(), side);
    if (digit === undefined) return;
    shown.mark(-1);
    go(it, encode(digit, "your drawing"));
  });
  const pictures = row("side-by-side", input.element, output.element);
  const drawing = withClear(board);
  it.words = frame(el, "Code by hand", shown.element, row("wide", it.bars.canvas, pictures), drawing);
  const at = model.get("at") as number[] | null;
  // To open a notebook changes nothing in it: only a reader who moves writes.
  it.at = encode(shown.read(0), shown.name(0));
  if (at == null) shown.mark(0);
  else leftBehind(it, at);
  // The canvas knows the page's ink once it stands there.
  requestAnimationFrame(() => show(it));
}

/** A code that was there when the notebook was saved; which image it came from is not. */
function leftBehind(it: Code, at: readonly number[]): void {
  it.at = Float32Array.from(at);
  it.source = "the last visit";
  it.input.show([], "the image of the last visit is not stored");
}

function go(it: Code, z: Float32Array): void {
  it.at = z;
  show(it);
  it.model.set("at", [...z]);
  tell(it.model);
}

function show(it: Code): void {
  const z = it.at;
  it.bars.show(z);
  const { unit } = it.bars;
  const value = (z[unit] as number).toFixed(2).replace("-", "−");
  it.output.show(run(it.decoder, z), `decoded, z${unit + 1} = ${value}`);
  it.words.textContent = `The code of ${it.source}; number ${unit + 1} of ${z.length} is ${value}. Drag a bar, or use the arrow keys.`;
}
