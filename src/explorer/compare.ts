import { type Choice, choice } from "./choice.ts";
import { type Damage, type Draws, damaged, draws, inWords } from "./damage.ts";
import { type Examples, examples } from "./examples.ts";
import { button, frame, type Rendering, row } from "./frame.ts";
import { bytesOf, type Model, tell } from "./model.ts";
import { type LayerShape, type Network, type Precision, readNetworks, run } from "./network.ts";
import { pad, withClear } from "./pad.ts";
import { centred } from "./pen.ts";
import { type Picture, picture } from "./picture.ts";

/** What the page shares with a kernel: which example (−1 is the reader's drawing), which model, which level of damage. */
type Place = readonly [example: number, model: number, level: number];

interface Comparison {
  readonly model: Model;
  readonly side: number;
  readonly names: readonly string[];
  readonly networks: readonly Network[];
  readonly damage: Damage;
  readonly levels: readonly number[];
  readonly input: Picture;
  readonly outputs: readonly Picture[];
  drawing: Float32Array | undefined;
  random: Draws;
}

interface Controls {
  examples: Examples;
  which: Choice;
  level: Choice;
  words: HTMLElement;
}

/** One image through several models: side by side, or one at a time under a slider. */
export const compare: Rendering = {
  render({ model, el }) {
    const comparison = read(model);
    const controls = build(comparison, el);
    model.on("change:at", () => show(comparison, controls));
    show(comparison, controls);
  },
};

function read(model: Model): Comparison {
  const side = model.get("side") as number;
  const names = model.get("names") as string[];
  const layers = model.get("networks") as LayerShape[][];
  const beside = model.get("beside") as boolean;
  return {
    ...{ model, side, names, damage: model.get("damage") as Damage, levels: model.get("levels") as number[] },
    networks: readNetworks(layers, bytesOf(model, "weights"), model.get("precision") as Precision),
    input: picture(side, "input"),
    outputs: (beside ? names : names.slice(0, 1)).map(name => picture(side, name)),
    drawing: undefined,
    random: draws(side * side),
  };
}

function build(comparison: Comparison, el: HTMLElement): Controls {
  const { model, side, names, damage, levels, input, outputs } = comparison;
  const go = (place: Partial<{ example: number; which: number; level: number }>): void => {
    const [example, which, level] = placeOf(model);
    const at = { example, which, level, ...place };
    model.set("at", [at.example, at.which, at.level]);
    tell(model);
    show(comparison, controls);
  };
  const which = choice(model.get("label") as string, names, () => go({ which: which.value }));
  const level = choice("input", levels.map(inWords[damage]), () => go({ level: level.value }));
  const shown = examples(side, bytesOf(model, "images"), bytesOf(model, "labels"), example => go({ example }));
  const board = pad(() => {
    comparison.drawing = centred(board.read(), side);
    if (comparison.drawing !== undefined) go({ example: -1 });
  });
  const again = button("New draw", () => {
    comparison.random = draws(side * side);
    show(comparison, controls);
  });
  const sliders = row("sliders");
  if (outputs.length < names.length) sliders.append(which.element);
  if (levels.length > 1) sliders.append(level.element);
  if (damage === "noise" || damage === "mask") sliders.append(again);
  const pictures = row("side-by-side", input.element, ...outputs.map(output => output.element));
  const drawing = withClear(board);
  const words = frame(el, "Models compared", shown.element, row("wide", sliders, pictures), drawing);
  const controls: Controls = { examples: shown, which, level, words };
  return controls;
}

function placeOf(model: Model): Place {
  return model.get("at") as Place;
}

function show(comparison: Comparison, controls: Controls): void {
  const { model, side, networks, names, damage, levels, input, outputs, random, drawing } = comparison;
  const [example, which, level] = placeOf(model);
  controls.which.choose(which);
  controls.level.choose(level);
  controls.examples.mark(example);
  const clean = example < 0 && drawing !== undefined ? drawing : controls.examples.read(Math.max(0, example));
  const seen = damaged[damage](clean, side, levels[level] ?? 0, random);
  const source = example < 0 && drawing !== undefined ? "your drawing" : controls.examples.name(Math.max(0, example));
  const state = damage === "none" ? source : `${source}, ${inWords[damage](levels[level] ?? 0)}`;
  input.show(seen, state);
  // Where an image was moved, the moved one is what a network should give back.
  const wanted = damage === "shift" ? seen : clean;
  const said = outputs.map((output, i) => {
    const index = outputs.length === 1 ? which : i;
    const image = run(networks[index] as Network, seen);
    const words = `${names[index]}: squared error ${distance(image, wanted).toFixed(1)}`;
    output.show(image, words);
    return words;
  });
  controls.words.textContent = `${state}. ${said.join("; ")}.`;
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
}
