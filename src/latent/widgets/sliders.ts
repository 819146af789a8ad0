import { expectKeys, type Keys } from "../options/keys.ts";
import { Control, type ControlOptions, common } from "./control.ts";

export interface SliderOptions extends ControlOptions {
  /** @defaultValue 0 */
  min?: number;
  /** @defaultValue 100 for whole numbers, 1 for others */
  max?: number;
  /** @defaultValue 1 for whole numbers, a hundredth of the range for others */
  step?: number;
  /** @defaultValue `min`, or 0 where that lies between `min` and `max` */
  value?: number;
  /** Whether it reports while it is dragged, or only when it is let go. @defaultValue true */
  continuousUpdate?: boolean;
  orientation?: "horizontal" | "vertical";
  /** How the number beside it is written, as d3-format has it: `".2f"`. */
  readoutFormat?: string;
}

export interface PlayOptions extends ControlOptions {
  min?: number;
  max?: number;
  step?: number;
  value?: number;
  /** Milliseconds a step. @defaultValue 100 */
  interval?: number;
  repeat?: boolean;
}

interface RangeState {
  min: number;
  max: number;
  step: number;
  value: number;
  description: string;
}

const COMMON: Keys<ControlOptions> = { description: true, disabled: true, layout: true, style: true };
const RANGE = { min: true, max: true, step: true, value: true } as const;
const SLIDER: Keys<SliderOptions> = {
  ...COMMON,
  ...RANGE,
  continuousUpdate: true,
  orientation: true,
  readoutFormat: true,
};
const PLAY: Keys<PlayOptions> = { ...COMMON, ...RANGE, interval: true, repeat: true };
const RENAMED = { continuous_update: "continuousUpdate", readout_format: "readoutFormat" };

/** A slider over whole numbers. */
export function intSlider(options: SliderOptions = {}): Control<number, RangeState> {
  expectKeys(options, "widgets.intSlider", SLIDER, RENAMED);
  const range = rangeOf("widgets.intSlider", { max: 100, step: 1, ...options });
  for (const [name, value] of Object.entries(range))
    if (!Number.isInteger(value))
      throw new RangeError(`widgets.intSlider has ${name} ${value}, no whole number: use widgets.floatSlider.`);
  return slider("IntSlider", { readoutFormat: "d", ...options }, range);
}

/** A slider over numbers. */
export function floatSlider(options: SliderOptions = {}): Control<number, RangeState> {
  expectKeys(options, "widgets.floatSlider", SLIDER, RENAMED);
  const { min = 0, max = 1 } = options;
  const range = rangeOf("widgets.floatSlider", { max, step: (max - min) / 100, ...options });
  return slider("FloatSlider", { readoutFormat: ".2f", ...options }, range);
}

/** Buttons that count a value up by themselves; tie it to a slider with `link`. */
export function play(options: PlayOptions = {}): Control<number, RangeState> {
  expectKeys(options, "widgets.play", PLAY);
  const { interval = 100, repeat = false } = options;
  const range = rangeOf("widgets.play", { max: 100, step: 1, ...options });
  const state = {
    ...common("Play", "Description", options),
    ...{ interval, repeat, playing: false, show_repeat: true },
    ...range,
  };
  return ranged(state, "Play");
}

function slider(name: string, options: SliderOptions, range: Range): Control<number, RangeState> {
  const { continuousUpdate = true, orientation = "horizontal", readoutFormat } = options;
  const state = {
    ...common(name, "Slider", options),
    ...{ continuous_update: continuousUpdate, orientation, readout: true, readout_format: readoutFormat },
    behavior: "drag-tap",
    ...range,
  };
  return ranged(state, "Slider");
}

function ranged(state: Record<string, unknown> & Range, word: string): Control<number, RangeState> {
  const range = state as unknown as RangeState;
  return new Control(
    range,
    { key: "value", read: ({ value }) => decimal(value), write: value => ({ value: between(range, value) }) },
    ({ description, min, max, value }) => `${word}${description && ` ${description}`}: ${value} (${min} to ${max})`,
  );
}

type Range = Pick<RangeState, "min" | "max" | "step" | "value">;

function rangeOf(who: string, options: { min?: number; max: number; step: number; value?: number }): Range {
  const { min = 0, max, step } = options;
  const { value = Math.max(min, Math.min(0, max)) } = options;
  for (const [name, number] of Object.entries({ min, max, step, value }))
    if (!Number.isFinite(number)) throw new RangeError(`${who} has ${name} ${number}; it takes a number.`);
  if (!(min < max)) throw new RangeError(`${who} goes from min ${min} to max ${max}; min must be the smaller one.`);
  if (!(step > 0)) throw new RangeError(`${who} has step ${step}; it must be greater than 0.`);
  if (value < min || value > max)
    throw new RangeError(`${who} has value ${value}, which is not between min ${min} and max ${max}.`);
  return { min, max, step, value };
}

/** The page adds steps up: 0.30000000000000004 is meant as 0.3. */
function decimal(value: number): number {
  return Number(value.toPrecision(12));
}

/** A value from the code is kept inside the slider, as ipywidgets does it. */
function between({ min, max }: Range, value: number): number {
  if (typeof value !== "number" || Number.isNaN(value))
    throw new TypeError(`A slider takes a number; it got ${value}.`);
  return Math.min(max, Math.max(min, value));
}
