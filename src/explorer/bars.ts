const WIDTH = 360;
const HEIGHT = 150;
/** Steps of the keyboard from the lowest to the highest value. */
const STEPS = 20;

/** The numbers of a code as bars; a drag or the arrow keys change one. */
export interface Bars {
  canvas: HTMLCanvasElement;
  /** The bar that was changed last, or is marked by the keyboard. */
  readonly unit: number;
  show(values: Float32Array): void;
}

export function bars(lowest: Float32Array, highest: Float32Array, changed: (values: Float32Array) => void): Bars {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT, className: "surface bars", tabIndex: 0 });
  canvas.setAttribute("role", "slider");
  const count = lowest.length;
  const state: { unit: number; values: Float32Array } = { unit: 0, values: new Float32Array(count) };
  const range = (i: number): [number, number] => [lowest[i] as number, highest[i] as number];
  const change = (value: number): void => {
    const [low, high] = range(state.unit);
    const values = state.values.slice();
    values[state.unit] = Math.min(high, Math.max(low, value));
    changed(values);
  };
  const drag = ({ clientX, clientY }: PointerEvent, isFirst: boolean): void => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (isFirst) state.unit = Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)));
    const [low, high] = range(state.unit);
    change(low + (1 - (clientY - top) / height) * (high - low));
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    drag(event, true);
  });
  canvas.addEventListener("pointermove", event => {
    if (event.buttons !== 0) drag(event, false);
  });
  const keys: Record<string, () => void> = {
    ArrowLeft: () => mark(state.unit - 1),
    ArrowRight: () => mark(state.unit + 1),
    ArrowUp: () => change((state.values[state.unit] as number) + stepOf(state.unit)),
    ArrowDown: () => change((state.values[state.unit] as number) - stepOf(state.unit)),
  };
  const mark = (unit: number): void => {
    state.unit = (unit + count) % count;
    changed(state.values.slice());
  };
  const stepOf = (i: number): number => (range(i)[1] - range(i)[0]) / STEPS;
  canvas.addEventListener("keydown", event => {
    const call = keys[event.key];
    if (call === undefined) return;
    event.preventDefault();
    call();
  });
  return {
    canvas,
    get unit() {
      return state.unit;
    },
    show(values) {
      state.values = values;
      const value = (values[state.unit] as number).toFixed(2);
      canvas.setAttribute(
        "aria-label",
        `Number ${state.unit + 1} of the code: left and right choose, up and down change`,
      );
      const [low, high] = range(state.unit);
      canvas.setAttribute("aria-valuemin", low.toFixed(2));
      canvas.setAttribute("aria-valuemax", high.toFixed(2));
      canvas.setAttribute("aria-valuetext", value);
      canvas.setAttribute("aria-valuenow", value);
      draw(canvas, values, range, state.unit);
    },
  };
}

function draw(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  range: (i: number) => [number, number],
  unit: number,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const ink = getComputedStyle(canvas).color;
  context.clearRect(0, 0, WIDTH, HEIGHT);
  const width = WIDTH / values.length;
  for (const [i, value] of values.entries()) {
    const [low, high] = range(i);
    const y = (of: number) => HEIGHT - ((of - low) / (high - low || 1)) * (HEIGHT - 2) - 1;
    const [zero, top] = [y(Math.min(high, Math.max(low, 0))), y(value)];
    context.fillStyle = i === unit ? "#e69f00" : "#4d9de0";
    context.fillRect(i * width + 1, Math.min(zero, top) - 1, width - 2, Math.abs(top - zero) + 2);
    if (i === unit) {
      context.strokeStyle = ink;
      context.strokeRect(i * width + 0.5, 0.5, width - 1, HEIGHT - 1);
    }
  }
}
