import assert from "node:assert/strict";
import test from "node:test";
import type { OpenedBrowser } from "../browser/index.ts";
import { explore, models, tf } from "../latent/index.ts";
import { openExplorer, skipBrowser as skip } from "../testkit/index.ts";
import { damaged, draws } from "./damage.ts";
import { machineOf, meanFreeEnergy, step } from "./machine.ts";

type Page = OpenedBrowser["page"];
const SIDE = 4;
const PIXELS = SIDE * SIDE;

/** x ↦ factor · x, and a code of all pixels. */
function times(factor: number): explore.Explorable {
  const layer = (by: number) => ({
    dense: [{ weights: tf.eye(PIXELS).mul(by), bias: tf.zeros([PIXELS]), activation: "linear" as const }],
  });
  return { parts: { encoder: layer(factor), decoder: layer(1), output: "squared" } };
}
const grey = (...levels: number[]) => tf.tensor2d(levels.map(level => new Array(PIXELS).fill(level)));
const seenAt = async (page: Page) => (await page.evaluate("window.model.get('at')")) as number[];
const saying = async (page: Page, text: string | RegExp) => await page.locator(".words", { hasText: text }).waitFor();

test("models stand side by side, and an example that is clicked goes through each", { skip }, async t => {
  const widget = explore.compare({ copy: times(1), half: times(0.5) }, { images: grey(0.2, 1), labels: [2, 7] });
  const page = await openExplorer(t, "compare", widget);
  await saying(page, "example 1, class 2. copy: squared error 0.0; half: squared error 0.2.");
  await page.getByRole("button", { name: "example 2, class 7" }).click();
  await saying(page, "example 2, class 7. copy: squared error 0.0; half: squared error 4.0.");
  assert.deepEqual(await seenAt(page), [1, 0, 0]);
});

test("a slider over stored models and one over damage move with the arrow keys, and say their values", {
  skip,
}, async t => {
  const options = { images: grey(0.5), damage: { mask: [0, 1] }, slider: "γ" };
  const widget = explore.compare({ "γ = 0": times(1), "γ = 1": times(0), "γ = 2": times(2) }, options);
  const page = await openExplorer(t, "compare", widget);
  await page.getByRole("slider", { name: "γ" }).focus();
  await page.keyboard.press("ArrowRight");
  await saying(page, "0 % masked. γ = 1: squared error 4.0.");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("slider", { name: "input" }).focus();
  await page.keyboard.press("ArrowRight");
  await saying(page, "100 % masked. γ = 2: squared error 4.0.");
  assert.deepEqual(await seenAt(page), [0, 2, 1]);
  assert.equal(await page.getByRole("slider", { name: "γ" }).getAttribute("aria-valuetext"), "γ = 2");
});

test("a plane of series draws what it decodes as a line, and says which example lies below the pointer", {
  skip,
}, async t => {
  const [up, mean] = [
    tf.tensor2d([
      [0, 0, 1, 1, 0, 0],
      [1, 1, 0, 0, 0, 0],
    ]),
    tf.zeros([6]),
  ];
  const series = tf.tensor2d([[0, 0, 1, 1, 0, 0]]);
  const options = { codes: tf.tensor2d([[1, 0]]), labels: [3], images: series, extent: [-1, 1, -1, 1] as const };
  const widget = explore.plane(explore.linear({ encoder: up.transpose(), mean }), { ...options, shown: "series" });
  const page = await openExplorer(t, "plane", widget);
  const box = await page.locator(".surface").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2);
  await page.getByText("the example itself, class 3").waitFor();
  const heightAt = async (share: number) =>
    (await page.evaluate(`(() => {
      const canvas = document.querySelector(".curve");
      const { data } = canvas.getContext("2d").getImageData(${share} * canvas.width, 0, 1, canvas.height);
      return [...data].findIndex((value, i) => i % 4 === 3 && value > 100) / 4 / canvas.height;
    })()`)) as number;
  assert.ok((await heightAt(0.5)) < 0.1 && (await heightAt(0.95)) > 0.9);
  assert.equal(await page.locator(".pad").count(), 0);
});

test("a mean is taken off before a model and added after it", { skip }, async t => {
  const mean = tf.fill([PIXELS], 0.5) as tf.Tensor1D;
  const widget = explore.compare({ half: times(0.5) }, { images: grey(1), mean });
  const page = await openExplorer(t, "compare", widget);
  await saying(page, "half: squared error 1.0."); // 0.5 + 0.5 · 0.5 = 0.75
});

test("a drawing goes through the models as well, and Clear brings the pad back", { skip }, async t => {
  const page = await openExplorer(t, "compare", explore.compare({ copy: times(1) }, { images: grey(1) }));
  await draw(page);
  await saying(page, "your drawing. copy: squared error 0.0.");
  assert.deepEqual(await seenAt(page), [-1, 0, 0]);
  await page.getByRole("button", { name: "Clear" }).click();
});

test("one number of a code is moved by the pointer and by keys, and the picture follows", { skip }, async t => {
  const codes = grey(0, 1);
  const widget = explore.code(times(1), { images: grey(0.5, 1), labels: [4, 9], codes });
  const page = await openExplorer(t, "code", widget);
  await saying(page, "The code of example 1, class 4; number 1 of 16 is 0.50.");
  const box = await page.locator(".bars").boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width * (2.5 / 16), box.y + box.height * 0.25);
  await saying(page, /number 3 of 16 is 0\.7[45]/);
  await page.locator(".bars").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await saying(page, "number 4 of 16 is 0.55");
  await page.getByText("decoded, z4 = 0.55").waitFor();
  await draw(page);
  await saying(page, "The code of your drawing");
});

test("to open an explorer changes nothing in its notebook, and a place where the reader was comes back", {
  skip,
}, async t => {
  const options = { images: grey(0.5, 1), labels: [4, 9], codes: grey(0, 1) };
  const fresh = await openExplorer(t, "code", explore.code(times(1), options));
  await saying(fresh, "number 1 of 16 is 0.50");
  assert.equal(await seenAt(fresh), undefined);
  const widget = explore.code(times(1), options);
  widget.set({ at: new Array(PIXELS).fill(0.25) });
  const page = await openExplorer(t, "code", widget);
  await saying(page, "The code of the last visit; number 1 of 16 is 0.25");
  assert.deepEqual(await seenAt(page), new Array(PIXELS).fill(0.25));
  await page.evaluate(`window.model.set("at", new Array(${PIXELS}).fill(0.75))`);
  await saying(page, "number 1 of 16 is 0.75");
});

test("chains that a notebook takes out of the page wait, and say so when they come back", { skip }, async t => {
  const machine = models.rbm({ visible: PIXELS, hidden: 3, seed: 1 });
  const page = await openExplorer(t, "gibbs", explore.gibbs(machine, { starts: grey(0, 1) }));
  await page.getByRole("button", { name: "Run" }).click();
  await saying(page, /Step [1-9]/);
  await page.evaluate(`(() => {
    const root = document.querySelector(".latent-explorer"), parent = root.parentElement, home = parent.parentElement;
    parent.remove();
    setTimeout(() => home.append(parent), 100);
  })()`);
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
});

test("Gibbs chains run, pause, take single steps and begin again, also from a drawing", { skip }, async t => {
  const machine = models.rbm({ visible: PIXELS, hidden: 3, seed: 1 });
  const page = await openExplorer(t, "gibbs", explore.gibbs(machine, { starts: grey(0, 1) }));
  await saying(page, "Step 0.");
  await page.getByRole("button", { name: "One step" }).click();
  await saying(page, "Step 1.");
  await page.getByRole("button", { name: "Run" }).click();
  await saying(page, /Step ([5-9]|\d\d)/);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Restart" }).click();
  await saying(page, "Step 0.");
  await draw(page);
  await saying(page, "Step 0.");
});

async function draw(page: Page): Promise<void> {
  const box = await page.locator(".pad").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 30, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 5 });
  await page.mouse.up();
}

test("a table says what it shows, asks for another order and another page, and shows what comes", { skip }, async t => {
  const frame = { columns: ["n", "word"], values: Array.from({ length: 25 }, (_, i) => [i, i === 1 ? null : `w${i}`]) };
  const page = await openExplorer(t, "table", explore.table(frame, { rows: 10 }));
  await saying(page, "Rows 1 to 10 of 25.");
  await page.getByText("string, 1 missing").waitFor();
  assert.equal(await page.locator("td.missing").count(), 1);
  assert.equal(await page.getByRole("button").count(), 0, "a page without a kernel offers what it can do");
  await page.evaluate("window.asked = []; window.model.send = content => window.asked.push(content)");
  await page.evaluate("window.model.set('cells', window.model.get('cells'))");
  await page.getByRole("button", { name: "n", exact: true }).click();
  await page.getByRole("button", { name: "Next" }).click();
  assert.deepEqual(await page.evaluate("window.asked"), [
    { from: 0, sort: { column: 0, descending: false } },
    { from: 10, sort: null },
  ]);
  await page.evaluate(
    "for (const [key, value] of Object.entries({ from: 20, sort: { column: 0, descending: true }, cells: [['4', 'w4']] })) window.model.set(key, value)",
  );
  await saying(page, "Rows 21 to 25 of 25. Sorted by n, largest first.");
  await page.getByRole("button", { name: "word" }).focus();
  await page.evaluate("window.model.set('sort', { column: 0, descending: false })");
  assert.equal(await page.evaluate("document.activeElement.textContent"), "word");
  await saying(page, "Rows 21 to 25 of 25. Sorted by n, smallest first.");
  await page.evaluate("window.model.set('sort', { column: 0, descending: true })");
  assert.equal(await page.locator("th").first().getAttribute("aria-sort"), "descending");
});

test("a finger draws and moves as a mouse does", { skip }, async t => {
  const page = await openExplorer(t, "code", explore.code(times(1), { images: grey(0.5), codes: grey(0, 1) }));
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const stroke = async (selector: string, places: [x: number, y: number][]) => {
    const box = await page.locator(selector).boundingBox();
    assert.ok(box);
    for (const [i, [x, y]] of places.entries())
      await session.send("Input.dispatchTouchEvent", {
        type: i === 0 ? "touchStart" : "touchMove",
        touchPoints: [{ x: box.x + x * box.width, y: box.y + y * box.height }],
      });
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await stroke(".bars", [
    [0.03, 0.5],
    [0.03, 0.3],
    [0.03, 0.1],
  ]);
  await saying(page, /number 1 of 16 is 0\.[89]/);
  await stroke(".pad", [
    [0.3, 0.2],
    [0.3, 0.5],
    [0.4, 0.8],
  ]);
  await saying(page, "The code of your drawing");
});

test("in a dark page words are light, in a light one dark", { skip }, async t => {
  const page = await openExplorer(t, "compare", explore.compare({ copy: times(1) }, { images: grey(1) }));
  const ink = async (colorScheme: "dark" | "light") => {
    await page.emulateMedia({ colorScheme });
    const colour = (await page.evaluate(
      "getComputedStyle(document.querySelector('.latent-explorer')).color",
    )) as string;
    return Number(/\d+/.exec(colour)?.[0]);
  };
  assert.ok((await ink("light")) < 80 && (await ink("dark")) > 200);
});

test("the chains of a page have the machine's own distribution", () => {
  const weights = tf.tensor2d([[2], [-1]]);
  const machine = { weights, visibleBias: tf.tensor1d([0.5, -0.5]), hiddenBias: tf.tensor1d([-0.5]) };
  const rbm = models.rbmOf(...(Object.values(machine).map(part => tf.variable(part)) as [never, never, never]));
  const widget = explore.gibbs({ ...rbm, weights: tf.tile(weights, [8, 1]), visibleBias: tf.zeros([16]) } as never, {
    starts: grey(1),
  });
  assert.equal((widget.get("weights" as never) as Uint8Array).length, 2 * (16 + 1 + 16));
  const page = {
    weights: Float32Array.of(2, -1),
    visibleBias: Float32Array.of(0.5, -0.5),
    hiddenBias: Float32Array.of(-0.5),
  };
  const random = generator(5);
  const counts = [0, 0, 0, 0];
  let v: Float32Array = Float32Array.of(0, 0);
  for (let i = 0; i < 40_000; i++) {
    v = step(page, v, random).state;
    const seen = (v[0] as number) + 2 * (v[1] as number);
    counts[seen] = (counts[seen] as number) + 1;
  }
  const states = [0, 1, 2, 3].map(i => Float32Array.of(i % 2, i >> 1));
  const masses = states.map(state => Math.exp(-meanFreeEnergy(page, [state])));
  const all = masses.reduce((sum, mass) => sum + mass, 0);
  for (const [i, count] of counts.entries())
    assert.ok(Math.abs(count / 40_000 - (masses[i] as number) / all) < 0.015, `${counts} ${masses}`);
});

test("a page reads a machine's weights and biases from its bytes", () => {
  const rbm = models.rbm({ visible: PIXELS, hidden: 3, seed: 1 });
  for (const variable of rbm.variables) variable.assign(tf.randomNormal(variable.shape, 0, 1, "float32", 6));
  const widget = explore.gibbs(rbm, { starts: grey(1) });
  const machine = machineOf(widget.get("weights" as never), PIXELS, 3);
  const near = (got: Float32Array, tensor: tf.Tensor) => {
    for (const [i, value] of tensor.dataSync().entries()) assert.ok(Math.abs((got[i] as number) - value) < 2e-3);
  };
  near(machine.weights, rbm.weights);
  near(machine.hiddenBias, rbm.hiddenBias);
  near(machine.visibleBias, rbm.visibleBias);
});

test("damage does what its name says: noise of a variance, a share of pixels, places to the right", () => {
  const side = 100;
  const image = new Float32Array(side * side).fill(1);
  const random = draws(image.length, generator(2));
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const noise = damaged.noise(image, side, 0.25, random).map(value => (value - 1) ** 2);
  assert.ok(Math.abs(mean(noise) - 0.25) < 0.01, `${mean(noise)}`);
  assert.ok(Math.abs(mean(damaged.mask(image, side, 0.3, random)) - 0.7) < 0.02);
  const ramp = Float32Array.from({ length: 9 }, (_, i) => i + 1);
  assert.deepEqual([...damaged.shift(ramp, 3, 1, random)], [0, 1, 2, 0, 4, 5, 0, 7, 8]);
});

test("explorers refuse what a page cannot show, and say what they need", () => {
  assert.throws(() => explore.compare({}, { images: grey(1) }), /at least one model/);
  assert.throws(
    () => explore.compare({ a: times(1) }, { images: tf.ones([1, 15]) }),
    /square images; these have 15 numbers/,
  );
  assert.throws(
    () => explore.compare({ a: times(1) }, { images: tf.ones([1, 9]) }),
    /images of 9 pixels; a model takes 16/,
  );
  assert.throws(() => explore.compare({ a: times(1) }, { images: grey(1), labels: [1, 2] }), /got 2 for 1/);
  assert.throws(
    () => explore.code(times(1), { images: grey(1), codes: tf.ones([3, 2]) }),
    /codes \[n, 16\]; got \[3,2\]/,
  );
  const machine = models.rbm({ visible: 9, hidden: 2, seed: 1 });
  assert.throws(() => explore.gibbs(machine, { starts: grey(1) }), /starts \[m, 9\]; got \[1,16\]/);
});

/** Uniform numbers of a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
