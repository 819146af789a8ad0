/** What an explorer reads and writes: anywidget's model in a notebook, a plain object on a page without a kernel. */
export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  /** Asks the kernel; a page without one has none. */
  send?(content: unknown): void;
  on(event: `change:${string}`, callback: () => void): void;
}

/** The bytes of a key: they come as a DataView from a kernel, as a typed array on a page. */
export function bytesOf(model: Model, key: string): Uint8Array {
  const value = model.get(key) as ArrayBufferView | ArrayBuffer | null | undefined;
  if (value == null) return new Uint8Array(0);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** Little-endian float32 numbers of a key; bytes need not lie at a multiple of four. */
export function floatsOf(model: Model, key: string): Float32Array {
  return new Float32Array(bytesOf(model, key).slice().buffer);
}

/** A model from its state: for pages without a kernel. */
export function plainModel(state: Record<string, unknown>): Model {
  const listeners = new Map<string, (() => void)[]>();
  return {
    get: key => state[key],
    set(key, value) {
      state[key] = value;
      for (const call of listeners.get(`change:${key}`) ?? []) call();
    },
    save_changes() {},
    on: (event, callback) => void listeners.set(event, [...(listeners.get(event) ?? []), callback]),
  };
}

/** A kernel hears of changes at most this often. */
const TELL_MS = 50;
const lastTold = new WeakMap<Model, { at: number; timer: ReturnType<typeof setTimeout> | undefined }>();

/** Lets the kernel know what was set: at once, or soon where it has just heard; the last change always arrives. */
export function tell(model: Model): void {
  const last = lastTold.get(model) ?? { at: Number.NEGATIVE_INFINITY, timer: undefined };
  lastTold.set(model, last);
  if (last.timer !== undefined) return;
  const wait = Math.max(0, last.at + TELL_MS - performance.now());
  last.timer = setTimeout(() => {
    last.timer = undefined;
    last.at = performance.now();
    model.save_changes();
  }, wait);
}
