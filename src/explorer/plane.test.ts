import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser, type OpenedBrowser, openBrowser } from "../browser/index.ts";
import { explore, models, tf } from "../latent/index.ts";
import { emptyFolder, isRequired } from "../testkit/index.ts";

const program = findBrowser();
const skip = program === undefined && !isRequired("browser") ? "there is no Chromium on the PATH" : false;
const module = fileURLToPath(new URL("../../joined/explorer/page.js", import.meta.url));
const SIDE = 6;

/** A model whose decoder brightens the left half with z₁ and the right one with z₂; its encoder reads the same two. */
function model() {
  const half = (left: boolean) => (_: unknown, i: number) => (i % SIDE < SIDE / 2 === left ? 1 : 0);
  const pixels = Array.from({ length: SIDE * SIDE });
  const rows = [pixels.map(half(true)), pixels.map(half(false))];
  const made = models.denseAutoencoder({ inputs: SIDE * SIDE, code: 2, output: "squared", seed: 1 });
  const [toCode, , toPixels] = made.variables;
  toCode?.assign(tf.transpose(tf.tensor2d(rows)).div(SIDE * SIDE) as never);
  toPixels?.assign(tf.tensor2d(rows));
  return made;
}

/** A page with one explorer and no kernel, opened from a file. */
async function page(t: TestContext): Promise<OpenedBrowser["page"]> {
  const codes = tf.tensor2d([
    [0.2, 0.8],
    [0.9, 0.1],
  ]);
  const images = tf.tensor2d([new Array(36).fill(0.5), new Array(36).fill(1)]);
  const widget = explore.plane(model(), { codes, images, labels: [3, 7], extent: [0, 1, 0, 1] });
  const keys =
    "at side extent precision colours decoder_layers encoder_layers decoder_weights encoder_weights codes labels images";
  const value = (key: string) => {
    const all = widget.get(key as never) as unknown;
    if (!ArrayBuffer.isView(all)) return JSON.stringify(all);
    const bytes = new Uint8Array(all.buffer, all.byteOffset, all.byteLength);
    return `new Uint8Array([${bytes}])`;
  };
  const state = keys.split(" ").map(key => `${key}: ${value(key)}`);
  const script = `${readFileSync(module, "utf8").replace(/export\{(.*?)\};?\s*$/, (_, names) => `const page = {${names.replace(/(\w+) as (\w+)/g, "$2: $1")}};`)}
window.model = page.plainModel({ ${state.join(", ")} });
page.plane.render({ model: window.model, el: document.body });`;
  const path = join(emptyFolder(t), "page.html");
  writeFileSync(path, `<!doctype html><title>Explorer</title><body><script type="module">${script}</script>`);
  const { page, complaints, close } = await openBrowser(program as string);
  t.after(async () => {
    await close();
    assert.deepEqual(complaints, []);
  });
  await page.goto(pathToFileURL(path).href);
  await page.locator(".plane").waitFor();
  return page;
}

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
  const opened = await page(t);
  const box = await opened.locator(".plane").boundingBox();
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
  const opened = await page(t);
  const plane = opened.locator(".plane");
  await plane.focus();
  const at = async () => (await opened.evaluate("window.model.get('at')")) as number[];
  for (let i = 0; i < 4; i++) {
    await opened.keyboard.press("Shift+ArrowRight");
    await opened.waitForTimeout(60);
  }
  near(await at(), [1, 0.5], 0.01);
  await opened.keyboard.press("Enter");
  for (let i = 0; i < 8; i++) await opened.keyboard.press("Shift+ArrowLeft");
  await opened.keyboard.press("Enter");
  await opened.getByText("Click to begin a walk").waitFor();
  await opened.getByText("decoded from z = (0.00, 0.50)").waitFor();
});

test("what is drawn with the pen is centred, encoded and decoded", { skip }, async t => {
  const opened = await page(t);
  const box = await opened.locator(".pad").boundingBox();
  assert.ok(box);
  await opened.mouse.move(box.x + 30, box.y + 100);
  await opened.mouse.down();
  await opened.mouse.move(box.x + 30, box.y + 30, { steps: 5 });
  await opened.mouse.move(box.x + 60, box.y + 30, { steps: 5 });
  await opened.mouse.up();
  await opened.getByText("your drawing as the model gets it").waitFor();
  await opened.getByText(/nearest examples: (3, 7|7, 3)/).waitFor();
  const drawn = (await opened.evaluate("window.model.get('at')")) as number[];
  assert.ok((drawn[0] as number) > 0.05 && (drawn[1] as number) > 0, `${drawn}`);
  await opened.getByRole("button", { name: "Clear" }).click();
  await opened.getByText("draw a digit").waitFor();
});
