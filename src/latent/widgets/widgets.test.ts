import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { Comm, CommOptions, HostKernel } from "../display/host.ts";
import * as widgets from "./index.ts";
import { fromWire, toWire } from "./wire.ts";

interface Sent {
  id: string;
  data: { method?: string; state?: Record<string, unknown>; buffer_paths?: unknown; content?: unknown };
  options: CommOptions | undefined;
}

/** A kernel that keeps what goes to the page, and a page that answers. */
function fakeKernel(t: TestContext) {
  const opened = new Map<string, Comm & { first: Sent }>();
  const sent: Sent[] = [];
  const shown: unknown[] = [];
  const closed: string[] = [];
  const targets = new Map<string, (comm: Comm, event: never) => unknown>();
  let stops = 0;
  const comm = (id: string): Comm => ({
    id,
    send: (data, options) => void sent.push({ id, data: data as Sent["data"], options }),
    close: () => void closed.push(id),
    onMessage: undefined,
    onClose: undefined,
  });
  const kernel: HostKernel = {
    display: bundle => void shown.push(bundle),
    signal: undefined,
    parent: "cell-1",
    get stops() {
      return stops;
    },
    comms: {
      open: (_target, data, options) => {
        const id = `comm-${opened.size + 1}`;
        const made = Object.assign(comm(id), { first: { id, data: data as Sent["data"], options } });
        opened.set(id, made);
        return made;
      },
      registerTarget: (target, callback) => void targets.set(target, callback as never),
    },
  };
  const symbol = Symbol.for("latent.kernel");
  const realm = globalThis as unknown as Record<symbol, unknown>;
  const before = realm[symbol];
  realm[symbol] = kernel;
  t.after(() => {
    realm[symbol] = before;
  });
  const page = (widget: { id: string }, data: object, buffers: Uint8Array[] = []) =>
    opened.get(widget.id)?.onMessage?.({ data, metadata: {}, buffers });
  const move = (widget: { id: string }, state: object) => page(widget, { method: "update", state, buffer_paths: [] });
  return { opened, sent, shown, closed, targets, comm, page, move, stop: () => void stops++ };
}

const settled = () => new Promise(resolve => setTimeout(resolve));

test("a widget opens its line with its whole state, children as references and bytes apart", t => {
  const { opened } = fakeKernel(t);
  const slider = widgets.intSlider({ min: 2, max: 8, value: 5 });
  const picture = widgets.image(new Uint8Array([1, 2, 3]).subarray(1));
  const whole = widgets.hbox([slider, picture], { width: "50%" });
  const opening = opened.get(whole.id)?.first;
  assert.ok(opening);
  const { data, options } = opening;
  assert.deepEqual(options?.metadata, { version: "2.1.0" });
  assert.deepEqual(data.state?.children, [`IPY_MODEL_${slider.id}`, `IPY_MODEL_${picture.id}`]);
  const layout = String(data.state?.layout).replace("IPY_MODEL_", "");
  assert.equal(opened.get(layout)?.first.data.state?.width, "50%");
  const first = opened.get(picture.id)?.first;
  assert.ok(first);
  const { data: bytes, options: sent } = first;
  assert.deepEqual(bytes.buffer_paths, [["value"]]);
  assert.equal("value" in (bytes.state ?? {}), false);
  assert.deepEqual(sent?.buffers, [new Uint8Array([2, 3])]);
});

test("changes of one turn travel as one update, the last value of each key", async t => {
  const { sent } = fakeKernel(t);
  const slider = widgets.floatSlider({ min: -3, max: 3 });
  await settled();
  slider.value = 1;
  slider.set({ max: 4 });
  const atOnce = sent.length;
  slider.value = 2;
  slider.value = 2;
  await settled();
  assert.ok(sent.length <= atOnce + 1);
  const state = Object.assign({}, ...sent.map(({ data }) => data.state)) as object;
  assert.deepEqual(state, { value: 2, max: 4 });
});

test("what moves in the page is the value here, is echoed, and observers hear the new and the old one", t => {
  const { sent, move } = fakeKernel(t);
  const slider = widgets.floatSlider({ min: -3, max: 3, value: 1 });
  const heard: [number, number][] = [];
  const end = slider.onChange((value, previous) => heard.push([value, previous]));
  move(slider, { value: 2.5 });
  assert.equal(slider.value, 2.5);
  assert.deepEqual(
    sent.map(({ data }) => [data.method, data.state]),
    [["echo_update", { value: 2.5 }]],
  );
  move(slider, { value: 0.1 + 0.2 });
  assert.equal(slider.value, 0.3, "the page adds steps up");
  move(slider, { value: -1 });
  end();
  move(slider, { value: 0 });
  assert.deepEqual(heard, [
    [2.5, 1],
    [0.3, 2.5],
    [-1, 0.3],
  ]);
});

test("a value from the code stays inside the slider, and a range that is none is refused with what to do", () => {
  const slider = widgets.intSlider({ max: 10 });
  slider.value = 99;
  assert.equal(slider.value, 10);
  assert.throws(() => widgets.intSlider({ min: 5, max: 5 }), /min must be the smaller one/);
  assert.throws(() => widgets.intSlider({ max: 2.5 }), /use widgets.floatSlider/);
  assert.throws(() => widgets.floatSlider({ step: 0 }), /greater than 0/);
  assert.throws(() => widgets.floatSlider({ value: 3 }), /not between min 0 and max 1/);
  assert.throws(() => widgets.floatSlider({ continuous_update: false } as object), /called continuousUpdate/);
  assert.throws(() => slider.observe("vaule" as never, () => {}), /no vaule to observe. It has .*value/);
  assert.throws(() => widgets.hbox(["text"] as never), /takes widgets; it got string/);
});

test("a list has the author's values, whatever they are", t => {
  const { move, opened } = fakeKernel(t);
  const list = widgets.dropdown({ none: 0, strong: 10 }, { value: 10 });
  assert.equal(list.value, 10);
  assert.deepEqual(opened.get(list.id)?.first.data.state?._options_labels, ["none", "strong"]);
  const heard: number[] = [];
  list.onChange(value => heard.push(value));
  move(list, { index: 0 });
  list.value = 10;
  assert.deepEqual(heard, [0, 10]);
  assert.throws(() => {
    list.value = 3;
  }, /does not offer 3. It has none, strong/);
  assert.throws(() => widgets.dropdown([]), /at least one choice/);
});

test("a button calls its handlers at a click and at nothing else", t => {
  const { page } = fakeKernel(t);
  let clicks = 0;
  const button = widgets.button("Train", { onClick: () => clicks++ });
  page(button, { method: "custom", content: { event: "click" } });
  page(button, { method: "custom", content: { event: "hover" } });
  page(button, { method: "custom", content: null });
  assert.equal(clicks, 1);
});

test("bytes come back where they lay, also inside lists and records", () => {
  const state = { a: new Float32Array([1.5]), deep: { list: [1, new Uint8Array([7]), "x"] } };
  const { state: json, buffer_paths, buffers } = toWire(state, () => undefined);
  assert.deepEqual(json, { deep: { list: [1, null, "x"] } });
  assert.deepEqual(buffer_paths, [["a"], ["deep", "list", 1]]);
  const bytes = buffers.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const back = fromWire(json, buffer_paths, bytes) as { deep: { list: unknown[] } };
  assert.deepEqual(back.deep.list, [1, new Uint8Array([7]), "x"]);
});

test("a page that is loaded again gets every widget that lives, and none that was closed", t => {
  const { targets, comm, sent, closed } = fakeKernel(t);
  const kept = widgets.image(new Uint8Array([9]));
  const gone = widgets.html("x");
  gone.close();
  assert.deepEqual(closed, [gone.id]);
  const control = comm("control");
  targets.get("jupyter.widget.control")?.(control, {} as never);
  control.onMessage?.({ data: { method: "request_states" }, metadata: {}, buffers: [] });
  const { data, options } = sent.at(-1) as Sent & { data: { states: Record<string, { model_name: string }> } };
  assert.equal(data.states[kept.id]?.model_name, "ImageModel");
  assert.equal(gone.id in data.states, false);
  assert.ok((data.buffer_paths as unknown[][]).some(path => path.join() === [kept.id, "state", "value"].join()));
  assert.ok(options?.buffers?.length);
});

test("interact makes a control from each value and passes their values by name", async t => {
  const { shown, move } = fakeKernel(t);
  const seen: object[] = [];
  const slider = widgets.intSlider({ max: 9, value: 4 });
  const whole = widgets.interact(
    values => {
      seen.push(values);
      return values.z + values.n;
    },
    { z: [-3, 3], n: slider, on: true, name: "a", kind: ["x", "y", "z"] },
  );
  assert.deepEqual(seen, [{ z: 0, n: 4, on: true, name: "a", kind: "x" }]);
  assert.ok(whole instanceof widgets.Widget);
  await settled();
  move(slider, { value: 7 });
  assert.equal((seen.at(-1) as { n: number }).n, 7);
  assert.deepEqual(shown, [{ "text/plain": "4" }, { "text/plain": "7" }]);
  assert.throws(() => widgets.interact(() => 1, { z: null as never }), /makes no control of z: null/);
});

test("while a function of interact awaits, changes wait and only the last counts; one that was stopped holds up nobody", async t => {
  const { move, stop } = fakeKernel(t);
  const slider = widgets.intSlider({ max: 9 });
  const began: number[] = [];
  let finish: () => void = () => {};
  widgets.interact(
    async ({ n }) => {
      began.push(n);
      await new Promise<void>(resolve => {
        finish = resolve;
      });
    },
    { n: slider },
  );
  move(slider, { value: 1 });
  move(slider, { value: 2 });
  assert.deepEqual(began, [0]);
  finish();
  await settled();
  assert.deepEqual(began, [0, 2]);
  stop();
  move(slider, { value: 3 });
  assert.deepEqual(began, [0, 2, 3]);
});

test("without a kernel that has comms a widget is a state with words", () => {
  const slider = widgets.floatSlider({ min: -3, max: 3, description: "z" });
  slider.value = 2;
  assert.deepEqual(slider.bundle(), { "text/plain": "Slider z: 2 (-3 to 3)" });
});

test("anywidget refuses a text that is no module with an export", () => {
  assert.throws(() => widgets.anywidget("function render() {}", {}), /default export/);
});
