import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { OpenedBrowser } from "../browser/index.ts";
import { explore, models, tf } from "../latent/index.ts";
import { openExplorer, skipBrowser as skip } from "../testkit/index.ts";

import { arc, unit } from "./sphere.ts";

const SIDE = 6;

/** A model whose decoder brightens the left half with z₁ and the right one with z₂; its encoder reads the same two. */
function model(code: number) {
  const half = (left: boolean) => (_: unknown, i: number) => (i % SIDE < SIDE / 2 === left ? 1 : 0);
  const pixels = Array.from({ length: SIDE * SIDE });
  const none = pixels.map(() => 0);
  const rows = [pixels.map(half(true)), pixels.map(half(false)), none].slice(0, code);
  const made = models.denseAutoencoder({ inputs: SIDE * SIDE, code, output: "squared", seed: 1 });
  const [toCode, , toPixels] = made.variables;
  toCode?.assign(tf.transpose(tf.tensor2d(rows)).div(SIDE * SIDE) as never);
  toPixels?.assign(tf.tensor2d(rows));
  return made;
}

const images = tf.tensor2d([new Array(36).fill(0.5), new Array(36).fill(1)]);
const inPlane = () => {
  const codes = tf.tensor2d([
    [0.2, 0.8],
    [0.9, 0.1],
  ]);
  return explore.plane(model(2), { codes, images, labels: [3, 7], extent: [0, 1, 0, 1] });
};
const onSphere = () => {
  const codes = tf.tensor2d([
    [0, 0, 1],
    [0, 1, 0],
  ]);
  return explore.sphere(model(3), { codes, images, labels: [3, 7] });
};

async function pageOf(t: TestContext, kind: "plane" | "sphere"): Promise<OpenedBrowser["page"]> {
  return await openExplorer(t, kind, kind === "plane" ? inPlane() : onSphere());
}

const codeOf = async (page: OpenedBrowser["page"]) => (await page.evaluate("window.model.get('at')")) as number[];

/** The grey levels of a picture's first and last pixel of a row: its left and right half. */
async function halves(page: OpenedBrowser["page"], selector: string): Promise<[number, number]> {
  const canvas = page.locator(selector);
  const [left = 0, right = 0] = await canvas.evaluate((element, side) => {
    const { data } = (
      (element as never as { getContext(kind: string): never }).getContext("2d") as never as {
        getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
      }
    ).getImageData(0, 0, side, 1);
    return [data[0], data[4 * (side - 1)]] as number[];
  }, SIDE);
  return [left, right];
}

const near = (got: readonly number[], wanted: readonly number[], by: number) =>
  assert.ok(
    got.every((value, i) => Math.abs(value - (wanted[i] as number)) <= by),
    `${got} is not near ${wanted}`,
  );

test("on a page without a kernel the place below the pointer is decoded at once, and an example near it is shown", {
  skip,
}, async t => {
  const opened = await pageOf(t, "plane");
  const box = await opened.locator(".surface").boundingBox();
  assert.ok(box);
  const point = async (x: number, y: number) =>
    await opened.mouse.move(box.x + x * box.width, box.y + (1 - y) * box.height);
  await point(0.75, 0.25);
  near(await halves(opened, ".image >> nth=0"), [191, 64], 3);
  await opened.getByText("decoded from z = (0.75, 0.25)").waitFor();
  await point(0.2, 0.8);
  await opened.getByText("the example itself, class 3").waitFor();
  near(await halves(opened, ".image >> nth=1"), [128, 128], 2);
});

test("arrow keys move, Enter twice walks from one code to the other, and the kernel's side hears where", {
  skip,
}, async t => {
  const opened = await pageOf(t, "plane");
  const plane = opened.locator(".surface");
  await plane.focus();
  for (let i = 0; i < 4; i++) {
    await opened.keyboard.press("Shift+ArrowRight");
    await opened.waitForTimeout(60);
  }
  near(await codeOf(opened), [1, 0.5], 0.01);
  await opened.keyboard.press("Enter");
  for (let i = 0; i < 8; i++) await opened.keyboard.press("Shift+ArrowLeft");
  await opened.keyboard.press("Enter");
  await opened.getByText("Click to begin a walk").waitFor();
  await opened.getByText("decoded from z = (0.00, 0.50)").waitFor();
});

test("what is drawn with the pen is centred, encoded and decoded", { skip }, async t => {
  const opened = await pageOf(t, "plane");
  const box = await opened.locator(".pad").boundingBox();
  assert.ok(box);
  await opened.mouse.move(box.x + 30, box.y + 100);
  await opened.mouse.down();
  await opened.mouse.move(box.x + 30, box.y + 30, { steps: 5 });
  await opened.mouse.move(box.x + 60, box.y + 30, { steps: 5 });
  await opened.mouse.up();
  await opened.getByText("your drawing as the model gets it").waitFor();
  await opened.getByText(/nearest examples: (3, 7|7, 3)/).waitFor();
  const drawn = await codeOf(opened);
  assert.ok((drawn[0] as number) > 0.05 && (drawn[1] as number) > 0, `${drawn}`);
  await opened.getByRole("button", { name: "Clear" }).click();
  await opened.getByText("draw a digit").waitFor();
});

test("a drawing stays to be seen where an example lies, and an example without a stored image is not taken for another", {
  skip,
}, async t => {
  const codes = tf.tensor2d([
    [0.2, 0.8],
    [0.9, 0.1],
    [0.5, 0.5],
  ]);
  const many = tf.tensor2d(Array.from({ length: 41 * 41 }, (_, i) => [(i % 41) / 40, Math.floor(i / 41) / 40]));
  const crowded = await openExplorer(
    t,
    "plane",
    explore.plane(model(2), {
      codes: many,
      images: tf.ones([41 * 41, SIDE * SIDE]),
      labels: new Array(41 * 41).fill(5),
      extent: [0, 1, 0, 1],
    }),
  );
  const pad = await crowded.locator(".pad").boundingBox();
  assert.ok(pad);
  await crowded.mouse.move(pad.x + 30, pad.y + 100);
  await crowded.mouse.down();
  await crowded.mouse.move(pad.x + 60, pad.y + 30, { steps: 5 });
  await crowded.mouse.up();
  await crowded.getByText(/an example of class 5 lies here/).waitFor();
  await crowded.getByText("your drawing as the model gets it").waitFor();

  const page = await openExplorer(
    t,
    "plane",
    explore.plane(model(2), { codes, images, labels: [3, 7, 9], extent: [0, 1, 0, 1] }),
  );
  const box = await page.locator(".surface").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.2 * box.height);
  await page.getByText("the example itself, class 3").waitFor();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
  await page.getByText("this example is not stored, class 9").waitFor();
});

test("a touch without a move draws a dot, and an empty pad changes nothing", { skip }, async t => {
  const page = await pageOf(t, "plane");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await codeOf(page), undefined);
  await page.locator(".pad").click({ position: { x: 70, y: 70 } });
  await page.getByText("your drawing as the model gets it").waitFor();
  await page.getByText(/nearest examples: /).waitFor();
});

test("a place that the kernel sets, and one that it takes back, are shown", { skip }, async t => {
  const page = await pageOf(t, "plane");
  await page.evaluate("window.model.set('at', [0.25, 0.75])");
  await page.getByText("decoded from z = (0.25, 0.75)").waitFor();
  await page.evaluate("window.model.set('at', null)");
  await page.getByText("decoded from z = (0.50, 0.50)").waitFor();
});

test("on the sphere a place below the pointer is a code of length 1, a drag turns the sphere, and outside nothing changes", {
  skip,
}, async t => {
  const opened = await pageOf(t, "sphere");
  const box = await opened.locator(".surface").boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const length = (code: number[]) => Math.hypot(...code);
  await opened.mouse.move(x, y);
  const before = await codeOf(opened);
  near([length(before)], [1], 1e-6);
  await opened.mouse.down();
  await opened.mouse.move(x + 80, y, { steps: 8 });
  await opened.mouse.up();
  await opened.waitForTimeout(60);
  await opened.mouse.move(x, y);
  const after = await codeOf(opened);
  near([length(after)], [1], 1e-6);
  assert.ok(Math.hypot(...after.map((value, i) => value - (before[i] as number))) > 0.3, `${before} ${after}`);
  await opened.getByText("Click to begin a walk").waitFor();
  await opened.waitForTimeout(60);
  await opened.mouse.move(box.x + 3, box.y + 3);
  assert.deepEqual(await codeOf(opened), after);
});

test("on the sphere arrow keys lead all the way round, and the front turns with the reader", { skip }, async t => {
  const opened = await pageOf(t, "sphere");
  await opened.locator(".surface").focus();
  await opened.getByText("decoded from z = (0.00, 0.00, 1.00)").waitFor();
  await opened.getByText("the example itself, class 3").waitFor();
  const seen = new Set<string>();
  for (let i = 0; i < 15; i++) {
    await opened.keyboard.press("Shift+ArrowRight");
    seen.add((await opened.locator(".image >> nth=0").getAttribute("aria-label")) ?? "");
  }
  assert.ok(seen.size > 12, `${seen.size} places in 15 steps of 25 degrees`);
});

test("a walk on the sphere follows the great circle at an even pace", () => {
  const [from, to] = [unit([1, 0, 0]), unit([0, 2, 0])];
  near(arc(from, to, 1 / 3), [Math.cos(Math.PI / 6), 0.5, 0], 1e-9);
  near(arc(from, to, 1), [0, 1, 0], 1e-9);
  near(arc(from, from, 0.5), [1, 0, 0], 1e-9);
  near(unit([0, 0, 0]), [0, 0, 1], 0);
});
