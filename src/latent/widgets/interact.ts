import { hostKernel } from "../display/host.ts";
import { show } from "../display/show.ts";
import { vbox } from "./containers.ts";
import { Control } from "./control.ts";
import { type Choices, checkbox, dropdown, text } from "./controls.ts";
import { output } from "./output.ts";
import { floatSlider, intSlider } from "./sliders.ts";
import type { SomeWidget } from "./widget.ts";

/** A control of any value. */
export interface SomeControl extends SomeWidget {
  readonly value: unknown;
  onChange(observer: () => unknown): () => void;
}

/**
 * What a control is made from: a number or `[min, max]` or `[min, max, step]` a slider, `true` or `false` a box to tick, a
 * text a field, other lists and records a list that folds out; or a control itself.
 */
export type Controllable =
  | number
  | boolean
  | string
  | readonly number[]
  | readonly string[]
  | Record<string, unknown>
  | SomeControl;

/** The value that the function gets for what a control was made from. */
export type ValueOf<Spec> = Spec extends SomeControl
  ? Spec["value"]
  : Spec extends boolean
    ? boolean
    : Spec extends number | readonly number[]
      ? number
      : Spec extends string | readonly string[]
        ? string
        : Spec extends Record<string, infer Value>
          ? Value
          : never;

/** The values of all controls, by name. */
export type Values<Specs> = { -readonly [Name in keyof Specs]: ValueOf<Specs[Name]> };

/**
 * Controls for the arguments of `f`; what it returns, shows and prints stands below them, anew at each change. While `f`
 * runs, changes wait, and only the last of them counts.
 *
 * @example interact(({ z1, z2 }) => plot.images(decode(z1, z2)), { z1: [-3, 3], z2: [-3, 3] })
 */
export function interact<const Specs extends Record<string, Controllable>>(
  f: (values: Values<Specs>) => unknown,
  specs: Specs,
): SomeWidget {
  if (typeof f !== "function")
    throw new TypeError("interact takes a function and its controls: interact(f, { z: [-3, 3] }).");
  const controls = Object.entries(specs).map(([name, spec]) => [name, controlOf(name, spec)] as const);
  const place = output();
  const values = () => Object.fromEntries(controls.map(([name, control]) => [name, control.value]));
  const put = (value: unknown): void => {
    if (value !== undefined) place.capture(() => show(value));
  };
  const run = oneAtATime(() => {
    place.clear();
    const result = place.capture(() => f(values() as Values<Specs>));
    return result instanceof Promise ? result.then(put) : put(result);
  });
  for (const [, control] of controls) control.onChange(run);
  void run();
  return vbox([...controls.map(([, control]) => control), place]);
}

/** Calls that come while one runs become a single one behind it. One that was stopped is in nobody's way. */
function oneAtATime(work: () => void | Promise<void>): () => Promise<void> {
  let startedAt: number | undefined;
  let isWanted = false;
  const stops = () => hostKernel()?.stops ?? 0;
  return async () => {
    isWanted = true;
    if (startedAt === stops()) return;
    startedAt = stops();
    try {
      while (isWanted) {
        isWanted = false;
        await work();
      }
    } finally {
      startedAt = undefined;
    }
  };
}

function controlOf(description: string, spec: Controllable): SomeControl {
  if (spec instanceof Control) return spec;
  if (typeof spec === "boolean") return checkbox({ description, value: spec });
  if (typeof spec === "string") return text({ description, value: spec });
  if (typeof spec === "number") return aroundNumber(description, spec);
  if (isRange(spec)) return withinRange(description, spec);
  if (typeof spec === "object" && spec !== null) return dropdown(spec as Choices<unknown>, { description });
  throw new TypeError(
    `interact makes no control of ${description}: ${String(spec)}. Give it [min, max], a list, or a control.`,
  );
}

/** As ipywidgets has it: from -n to 3n. */
function aroundNumber(description: string, value: number): SomeControl {
  const reach = value === 0 ? 1 : Math.abs(value);
  const [min, max] = value < 0 ? [-3 * reach, reach] : [-reach, 3 * reach];
  const make = Number.isInteger(value) ? intSlider : floatSlider;
  return make({ description, min, max, value });
}

function isRange(spec: unknown): spec is readonly number[] {
  const isShort = Array.isArray(spec) && (spec.length === 2 || spec.length === 3);
  return isShort && spec.every(number => typeof number === "number");
}

function withinRange(description: string, [min = 0, max = 1, step]: readonly number[]): SomeControl {
  const isWhole = step !== undefined && [min, max, step].every(Number.isInteger);
  if (isWhole) return intSlider({ description, min, max, step });
  return floatSlider({ description, min, max, ...(step !== undefined && { step }) });
}
