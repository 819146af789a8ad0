import type { Call, Operand, OwnOperation } from "./lowering.ts";
import { type Attributes, DT } from "./native.ts";

/** More weights than this are left to TensorFlow. */
const MOST_WEIGHTS = 2 ** 17;

/** Where images, filter and outcome stand among the operands of TensorFlow's convolutions; the result is the one without. */
const places = {
  Conv2D: { images: 0, filter: 1 },
  Conv2DBackpropInput: { filter: 1, outcome: 2 },
  Conv2DBackpropFilter: { images: 0, outcome: 2 },
} as const;

type Shape = readonly [number, number, number, number];

/** TensorFlow's convolution, or a gradient of one, as an operation of ours; undefined where ours cannot do it. */
export function ownConvolution(call: Call): OwnOperation | undefined {
  const at: Partial<Record<string, number>> = places[call.op as keyof typeof places];
  const shapeOf = (what: string) => (call.operands[at[what] ?? -1]?.shape ?? call.shape) as Shape;
  const [images, filter, outcome] = [shapeOf("images"), shapeOf("filter"), shapeOf("outcome")];
  const operands = Object.values(at).map(i => call.operands[i as number] as Operand);
  const attribute = (name: string): unknown => call.attributes.find(one => one.name === name)?.value;
  const isOurs =
    operands.every(({ dtype }) => dtype === DT.float32) &&
    attribute("data_format") === "NHWC" &&
    String(attribute("dilations")) === "1,1,1,1" &&
    filter[2] === images[3] && // else the filter is for groups of channels
    filter.reduce((all, size) => all * size, 1) <= MOST_WEIGHTS;
  if (!isOurs) return undefined;
  const [, stepDown, stepAcross] = attribute("strides") as Shape;
  const [, , top, , left] = (attribute("explicit_paddings") ?? []) as number[];
  const same = attribute("padding") === "SAME";
  const attributes: Attributes = whole({
    height: images[1],
    width: images[2],
    down: filter[0],
    across: filter[1],
    out_height: outcome[1],
    out_width: outcome[2],
    step_down: stepDown,
    step_across: stepAcross,
    top: top ?? (same ? before(images[1], filter[0], outcome[1], stepDown) : 0),
    left: left ?? (same ? before(images[2], filter[1], outcome[2], stepAcross) : 0),
  });
  return { op: `Latent${call.op}`, attributes, operands };
}

/** How far "same" lets the first place of the filter reach over the edge: half of what is missing, rounded down. */
function before(size: number, filter: number, outcome: number, step: number): number {
  return Math.floor(Math.max(0, (outcome - 1) * step + filter - size) / 2);
}

function whole(numbers: Record<string, number>): Attributes {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, { int: value }]));
}
