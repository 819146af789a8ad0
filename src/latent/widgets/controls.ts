import { expectKeys, type Keys } from "../options/keys.ts";
import { box, Control, type ControlOptions, classes, common, type Layout } from "./control.ts";
import { Widget } from "./widget.ts";

const COMMON: Keys<ControlOptions> = { description: true, disabled: true, layout: true, style: true };

interface Valued<Value> {
  value: Value;
  description: string;
}

/** A box to tick. */
export function checkbox(options: ControlOptions & { value?: boolean } = {}): Control<boolean, Valued<boolean>> {
  expectKeys(options, "widgets.checkbox", { ...COMMON, value: true });
  const { value = false } = options;
  return valued({ ...common("Checkbox", "Checkbox", options), indent: true, value }, "Checkbox");
}

export interface TextOptions extends ControlOptions {
  value?: string;
  /** What stands in the field while it is empty. */
  placeholder?: string;
  /** Whether it reports each key, or only Enter. @defaultValue true */
  continuousUpdate?: boolean;
}

/** A line of text. */
export function text(options: TextOptions = {}): Control<string, Valued<string>> {
  expectKeys(options, "widgets.text", { ...COMMON, value: true, placeholder: true, continuousUpdate: true });
  const { value = "", placeholder = "", continuousUpdate = true } = options;
  const state = { ...common("Text", "Text", options), placeholder, continuous_update: continuousUpdate, value };
  return valued(state, "Text");
}

/** HTML of the author's. */
export function html(value = "", options: ControlOptions = {}): Control<string, Valued<string>> {
  expectKeys(options, "widgets.html", COMMON);
  return valued({ ...common("HTML", "HTML", options), placeholder: "", value: String(value) }, "HTML");
}

export interface ImageOptions {
  /** @defaultValue "png" */
  format?: string;
  /** Pixels on the page; by default those of the picture. */
  width?: number;
  height?: number;
  layout?: Layout;
}

/** A picture from its bytes; a new `value` changes it in place. */
export function image(value: Uint8Array, options: ImageOptions = {}): Control<Uint8Array, { value: Uint8Array }> {
  expectKeys(options, "widgets.image", { format: true, width: true, height: true, layout: true });
  const { format = "png", width = "", height = "", layout } = options;
  const look = { format, width: String(width), height: String(height), layout: box(layout) };
  return new Control<Uint8Array, { value: Uint8Array }>(
    { ...classes("Image"), ...look, value },
    { key: "value", read: state => state.value, write: bytes => ({ value: bytes }) },
    state => `Image, ${state.value.byteLength} bytes of ${format}`,
  );
}

/** What a list offers: its texts, or texts with what each stands for. */
export type Choices<Value> = readonly Value[] | Readonly<Record<string, Value>>;

interface ChoiceState {
  _options_labels: readonly string[];
  index: number | null;
  description: string;
}

/** A list that folds out. */
export function dropdown<Value>(
  choices: Choices<Value>,
  options: ControlOptions & { value?: Value } = {},
): Control<Value, ChoiceState> {
  expectKeys(options, "widgets.dropdown", { ...COMMON, value: true });
  const isList = Array.isArray(choices);
  const values: readonly Value[] = isList ? choices : Object.values(choices as Record<string, Value>);
  const labels = isList ? values.map(String) : Object.keys(choices);
  if (values.length === 0) throw new RangeError("widgets.dropdown needs at least one choice.");
  const indexOf = (value: Value): number => {
    const index = values.indexOf(value);
    if (index < 0)
      throw new RangeError(`widgets.dropdown does not offer ${String(value)}. It has ${labels.join(", ")}.`);
    return index;
  };
  const index = options.value === undefined ? 0 : indexOf(options.value);
  const state = { ...common("Dropdown", "Description", options), _options_labels: labels, index };
  return new Control<Value, ChoiceState>(
    state as unknown as ChoiceState,
    { key: "index", read: ({ index }) => values[index ?? 0] as Value, write: value => ({ index: indexOf(value) }) },
    ({ description, index }) => `Dropdown${description && ` ${description}`}: ${labels[index ?? 0]}`,
  );
}

/** A button; what it does is `onClick`. */
export class Button extends Widget<{ description: string; disabled: boolean }> {
  /** Calls `handler` at each click; returns what ends that. */
  onClick(handler: () => unknown): () => void {
    return this.onMessage(content => {
      if ((content as { event?: string } | null)?.event === "click") return handler();
      return undefined;
    });
  }
}

export interface ButtonOptions {
  onClick?: () => unknown;
  disabled?: boolean;
  /** The colour's meaning. */
  kind?: "" | "primary" | "success" | "info" | "warning" | "danger";
  layout?: Layout;
}

export function button(description: string, options: ButtonOptions = {}): Button {
  expectKeys(options, "widgets.button", { onClick: true, disabled: true, kind: true, layout: true });
  const { onClick, disabled = false, kind = "", layout } = options;
  const { description: _, ...rest } = common("Button", "Button", {});
  const state = {
    ...rest,
    description,
    disabled,
    layout: box(layout),
    icon: "",
    button_style: kind,
    tooltip: description,
  };
  const made = new Button(state, ({ description }) => `Button ${description}`);
  if (onClick !== undefined) made.onClick(onClick);
  return made;
}

function valued<Value>(state: Record<string, unknown> & { value: Value }, word: string): Control<Value, Valued<Value>> {
  return new Control(
    state as unknown as Valued<Value>,
    { key: "value", read: ({ value }) => value, write: value => ({ value }) },
    ({ description, value }) => `${word}${description && ` ${description}`}: ${value}`,
  );
}
