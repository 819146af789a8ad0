import { type SomeWidget, Widget } from "./widget.ts";

/** CSS of a widget's box, in the names of ipywidgets: `width`, `height`, `margin`, `flex_flow`, … */
export type Layout = Record<string, string>;

/** What every control takes. */
export interface ControlOptions {
  /** What stands beside it. */
  description?: string;
  disabled?: boolean;
  layout?: Layout;
  /** For example `{ description_width: "initial" }` for a long description. */
  style?: Record<string, unknown>;
}

/** How a control's value lies in its state. */
export interface Reading<Value, State> {
  key: keyof State & string;
  read(state: State): Value;
  write(value: Value): Partial<State>;
}

const CONTROLS = { module: "@jupyter-widgets/controls", version: "2.0.0" };
const BASE = { module: "@jupyter-widgets/base", version: "2.0.0" };

/** A widget with a value: a slider, a list, a box to tick. */
export class Control<Value, State extends object = Record<string, unknown>> extends Widget<State> {
  readonly #reading: Reading<Value, State>;
  readonly #state: State;

  constructor(state: State, reading: Reading<Value, State>, inWords: (state: State) => string) {
    super(state, inWords);
    this.#reading = reading;
    this.#state = state;
  }

  get value(): Value {
    return this.#reading.read(this.#state);
  }

  set value(value: Value) {
    this.set(this.#reading.write(value));
  }

  /** Calls `observer` with the new value and the one before, whenever it changes; returns what ends that. */
  onChange(observer: (value: Value, previous: Value) => unknown): () => void {
    let before = this.value;
    return this.observe(this.#reading.key, () => {
      const previous = before;
      before = this.value;
      return observer(this.value, previous);
    });
  }
}

/** The names by which the page finds the classes of a control of ipywidgets. */
export function classes(name: string): Record<string, unknown> {
  return named(CONTROLS, `${name}Model`, `${name}View`);
}

/** The names of any model and view. */
export function named({ module, version }: typeof BASE, model: string, view: string | null): Record<string, unknown> {
  return {
    _model_module: module,
    _model_module_version: version,
    _model_name: model,
    _view_module: module,
    _view_module_version: version,
    _view_name: view,
  };
}

/** What all controls have in their state. */
export function common(name: string, styleName: string, options: ControlOptions): Record<string, unknown> {
  const { description = "", disabled = false, layout, style } = options;
  const look = { description_width: "", ...style };
  // Without a tooltip of its own the page shows the word "null" (seen in JupyterLab 4.6).
  const words = { description, tooltip: description };
  return { ...classes(name), ...words, disabled, layout: box(layout), style: styled(styleName, look) };
}

/** The model of a box's CSS; without any the page uses its own. */
export function box(layout: Layout | undefined): SomeWidget | null {
  if (layout === undefined) return null;
  return new Widget({ ...named(BASE, "LayoutModel", "LayoutView"), ...layout }, () => "");
}

function styled(name: string, look: Record<string, unknown>): SomeWidget {
  const names = { ...classes(name), _view_module: BASE.module, _view_name: "StyleView" };
  return new Widget({ ...names, _model_name: `${name}StyleModel`, ...look }, () => "");
}
