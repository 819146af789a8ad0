import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import {
  findBrowser,
  look,
  type OpenedBrowser,
  openBrowser,
  openLink,
  runAll,
  waitForPictures,
} from "../browser/index.ts";
import { installedEngine, isVenvCurrent, venvPython } from "../setup/index.ts";
import { emptyFolder, isRequired, serve, withoutData } from "../testkit/index.ts";
import { ownPlaces } from "./places.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));
const places = ownPlaces();
const program = findBrowser();
const LESSON = "04-undercomplete-pca.ipynb";
const long = process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it";
const PATIENCE_MS = 240_000;
/** Where screenshots are kept, for the README and for a person who wants to look. */
const shots = process.env.LATENT_SHOTS;

async function reasonToSkip(): Promise<string | false> {
  if (program === undefined) return isRequired("browser") ? false : "there is no Chromium on the PATH";
  if (!(await isVenvCurrent(places))) return "there is no .venv";
  if (!(await installedEngine(places))) return "there is no engine";
  return withoutData();
}
const skip = await reasonToSkip();

/** Notebook 7.6.5 says this at each start, from its own code, also without our kernel and our renderer (tried). */
const SAID_BY_NOTEBOOK_7 = "Cannot read properties of undefined (reading 'schema')";

/** JupyterLab puts a text into the page before it looks for the text's attachments, and the browser asks for them by name. */
const ASKED_TOO_EARLY = /ERR_UNKNOWN_URL_SCHEME \(attachment:/;

/** Off: JupyterLab keeps in the page what is out of sight too, so that a test can read the whole notebook. */
function settings(t: TestContext, theme?: string): NodeJS.ProcessEnv {
  const folder = emptyFolder(t);
  const put = (plugin: string, value: object) => {
    mkdirSync(join(folder, "@jupyterlab", plugin.split(":")[0] as string), { recursive: true });
    writeFileSync(
      join(folder, "@jupyterlab", `${plugin.replace(":", "/")}.jupyterlab-settings`),
      JSON.stringify(value),
    );
  };
  put("notebook-extension:tracker", { windowingMode: "none" });
  if (theme !== undefined) put("apputils-extension:themes", { theme });
  // A workspace of its own: else the tabs of whoever runs the tests open too, and ours in theirs.
  return { JUPYTERLAB_SETTINGS_DIR: folder, JUPYTERLAB_WORKSPACES_DIR: emptyFolder(t), LATENT_HISTORY: "off" };
}

async function browser(t: TestContext): Promise<OpenedBrowser> {
  const opened = await openBrowser(program as string);
  t.after(opened.close);
  return opened;
}

/** The lesson in front runs to its end, and nothing is missing or wrong for a reader. */
async function runsWhole({ page, complaints }: OpenedBrowser, name: string): Promise<void> {
  await runAll(page, PATIENCE_MS);
  const { codeCells, ran, figures, drawn, errors, checks } = await look(page);
  if (shots !== undefined) await shoot(page, name);
  assert.deepEqual(errors, []);
  assert.equal(ran, codeCells);
  assert.ok(figures >= 5, `${figures} figures`);
  assert.equal(drawn, figures);
  assert.ok(checks.length > 10 && checks.every(check => check === "✓ pass"), checks.join(", "));
  assert.deepEqual(
    complaints.filter(complaint => complaint !== SAID_BY_NOTEBOOK_7 && !ASKED_TOO_EARLY.test(complaint)),
    [],
  );
}

/** A picture a figure, so that a person can look at each. */
async function shoot(page: OpenedBrowser["page"], name: string): Promise<void> {
  for (const [i, figure] of (await page.locator(".jp-RenderedPlotly:visible").all()).entries()) {
    await figure.evaluate(element => element.scrollIntoView({ block: "center" }));
    await page.screenshot({ path: join(shots as string, `${name}-${i + 1}.png`) });
  }
}

/** The lessons as the index links them: text and file. */
function linksOfIndex(): [title: string, file: string][] {
  const index = readFileSync(join(places.root, "notebooks", "index.ts"), "utf8");
  return [...index.matchAll(/\[([^\]]+)\]\(lectures\/([^)]+)\)/g)].map(([, title = "", file = ""]) => [title, file]);
}

for (const [title, file] of linksOfIndex()) {
  test(`in JupyterLab the index opens, leads to ${file}, and all of it runs and is drawn`, {
    // A lesson that is drawn whole comes to the front after 11 s on a quiet machine, and not within two minutes on one that
    // twelve programs share: layout and editors of 94 cells. So no lesson is driven in `npm test`.
    skip: skip || long,
  }, async t => {
    const start = [process.execPath, main, "start", "--no-browser", "--work", emptyFolder(t)] as const;
    const { address } = await serve(t, start, /http:\S+token=[0-9a-f]{20,}/, settings(t));
    const opened = await browser(t);
    await opened.page.goto(address);
    await opened.page.locator("h1", { hasText: "Autoencoders, proved by numbers" }).waitFor();
    if (shots !== undefined) await opened.page.screenshot({ path: join(shots, "index.png") });
    await waitForPictures(opened.page, linksOfIndex().length);
    await openLink(opened.page, title);
    await runsWhole(opened, `jupyterlab-${file.slice(0, 2)}`);
    assert.equal(await opened.page.getByText(/Jupyter news/).count(), 0);
  });
}

test("in Notebook 7 lesson 04 runs and is drawn as well", {
  skip: skip || long,
}, async t => {
  const folder = emptyFolder(t); // a browser saves what it ran
  copyFileSync(join(places.root, "notebooks", "lectures", LESSON), join(folder, LESSON));
  const args = ["--no-browser", "--allow-root", `--ServerApp.root_dir=${folder}`, "--ServerApp.port=0"];
  const { address } = await serve(
    t,
    [venvPython(places), "-m", "notebook", ...args],
    /http:\/\/127\.0\.0\.1:\d+\/tree\?token=\w+/,
    settings(t),
  );
  const opened = await browser(t);
  await opened.page.goto(address.replace("/tree", `/notebooks/${LESSON}`));
  await opened.page.locator("h1", { hasText: "Undercomplete" }).waitFor();
  await runsWhole(opened, "notebook-7");
});

const WIDGET_CELLS = [
  `import { plot, widgets } from "latent"
const z = widgets.floatSlider({ description: "z", min: -3, max: 3, step: 0.5 })
const words = widgets.html("<p id='words'>untouched</p>")
z.onChange(value => { words.value = \`<p id='words'>z is \${value}</p>\`; console.log("moved to", value) })
widgets.vbox([z, words])`,
  `widgets.interact(({ a }) => { console.log("a is", a); return plot.bars(["a", "2a"], [a, 2 * a], { title: "a" }) }, { a: [0, 5, 1] })`,
  `const face = widgets.anywidget(\`export default { render({ model, el }) {
  const button = Object.assign(document.createElement("button"), { id: "more", onclick: () => { model.set("n", model.get("n") + 1); model.save_changes() } });
  const draw = () => { button.textContent = model.get("n") + " of " + new Uint8Array(model.get("bytes").buffer).join() };
  model.on("change:n", draw); draw(); el.append(button) } }\`, { n: 1, bytes: new Uint8Array([4, 5]) })
face.observe("n", n => console.log("n is", n))
face`,
];

const EXPLORER_CELL = `import { explore, models, tf } from "latent"
const model = models.denseAutoencoder({ inputs: 784, code: 2, seed: 1 })
const codes = tf.tensor2d([[0, 0], [1, 1]])
explore.plane(model, { codes, labels: [3, 7], extent: [-1, 1, -1, 1] })`;

function widgetNotebook(folder: string, sources: readonly string[] = WIDGET_CELLS): string {
  const cell = (source: string, index: number) => ({
    ...{ cell_type: "code", id: `cell-${index}`, metadata: {}, source, outputs: [], execution_count: null },
  });
  const title = { cell_type: "markdown", id: "title", metadata: {}, source: "# Widgets" };
  const kernelspec = { display_name: "TypeScript (Latent)", language: "typescript", name: "typescript" };
  const path = join(folder, "widgets.ipynb");
  const cells = [title, ...sources.map(cell)];
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

const cellAt = (page: Page, index: number) => page.locator(".jp-CodeCell").nth(index);

async function press(page: Page, index: number, times: number): Promise<void> {
  await cellAt(page, index).locator(".noUi-handle").focus();
  for (let i = 0; i < times; i++) await page.keyboard.press("ArrowRight");
}

test("in JupyterLab a slider moves what the cell says, its handler prints below it, and a saved notebook shows it without a kernel", {
  skip: skip || long,
}, async t => {
  const work = emptyFolder(t);
  const start = [process.execPath, main, "start", "--no-browser", "--work", work] as const;
  const { address } = await serve(t, start, /http:\S+token=[0-9a-f]{20,}/, settings(t));
  const path = widgetNotebook(work);
  const { page, complaints } = await browser(t);
  await page.goto(address.replace("index.ipynb", "widgets.ipynb"));
  await page.locator("h1", { hasText: "Widgets" }).waitFor();
  await runAll(page, 240_000);

  await press(page, 0, 4);
  await page.locator("#words", { hasText: "z is 2" }).waitFor();
  await cellAt(page, 0).getByText("moved to 2").waitFor();

  await press(page, 1, 3);
  await cellAt(page, 1).locator(".widget-output").getByText("a is 3").waitFor();
  assert.equal(await cellAt(page, 1).getByText("a is 2").count(), 0, "what it showed before is gone");
  await cellAt(page, 1).locator(".widget-output .js-plotly-plot").waitFor();

  await page.locator("#more", { hasText: "1 of 4,5" }).click();
  await cellAt(page, 2).getByText("n is 2").waitFor();

  await page.keyboard.press("Control+s");
  await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
  assert.match(readFileSync(path, "utf8"), /widget-state\+json/);
  const api = (path: string) => address.replace(/\/lab\/.*\?/, `/api/${path}?`);
  const kernels = (await (await page.request.get(api("kernels"))).json()) as { id: string }[];
  for (const { id } of kernels) await page.request.delete(api(`kernels/${id}`));
  await page.goto(address.replace("index.ipynb", "widgets.ipynb"));
  await page.locator("#words", { hasText: "z is 2" }).waitFor();
  await page.locator("#more", { hasText: "2 of 4,5" }).waitFor();
  await cellAt(page, 1).locator(".widget-output").getByText("a is 3").waitFor();
  assert.deepEqual(complaints, []);
});

/** Where a page of one notebook lies, in JupyterLab and in Notebook 7, and the server's own interface. */
async function serveNotebook(t: TestContext, work: string, host: "JupyterLab" | "Notebook 7", theme?: string) {
  if (host === "JupyterLab") {
    const start = [process.execPath, main, "start", "--no-browser", "--work", work] as const;
    const { address } = await serve(t, start, /http:\S+token=[0-9a-f]{20,}/, settings(t, theme));
    const page = address.replace("index.ipynb", "widgets.ipynb");
    return { page, api: (path: string) => address.replace(/\/lab\/.*\?/, `/api/${path}?`) };
  }
  const args = ["--no-browser", "--allow-root", `--ServerApp.root_dir=${work}`, "--ServerApp.port=0"];
  const { address } = await serve(
    t,
    [venvPython(places), "-m", "notebook", ...args],
    /http:\/\/127\.0\.0\.1:\d+\/tree\?token=\w+/,
    settings(t, theme),
  );
  const page = address.replace("/tree", "/notebooks/widgets.ipynb");
  return { page, api: (path: string) => address.replace("/tree", `/api/${path}`) };
}

for (const host of ["JupyterLab", "Notebook 7"] as const)
  test(`in ${host} the place below the pointer is decoded, a drawing is encoded, and a reopened notebook shows where the reader was`, {
    skip: skip || long,
  }, async t => {
    const work = emptyFolder(t);
    widgetNotebook(work, [EXPLORER_CELL]);
    const { page: address, api } = await serveNotebook(t, work, host);
    const { page, complaints } = await browser(t);
    await page.goto(address);
    await page.locator("h1", { hasText: "Widgets" }).waitFor();
    await runAll(page, PATIENCE_MS);
    const surface = page.locator(".latent-explorer .surface");
    await surface.scrollIntoViewIfNeeded();
    const plane = await surface.boundingBox();
    assert.ok(plane);
    await page.mouse.move(plane.x + 0.25 * plane.width, plane.y + 0.25 * plane.height);
    await page.getByText("decoded from z = (−0.50, 0.50)").waitFor();
    const pad = await page.locator(".latent-explorer .pad").boundingBox();
    assert.ok(pad);
    await page.mouse.move(pad.x + 40, pad.y + 30);
    await page.mouse.down();
    await page.mouse.move(pad.x + 60, pad.y + 110, { steps: 5 });
    await page.mouse.up();
    await page.getByText(/nearest examples: /).waitFor();
    const seen = (await page.locator(".latent-explorer .words").textContent()) ?? "";
    assert.match(seen, /^z = \(/);
    await page.waitForTimeout(300); // what is set in the page reaches the kernel 50 ms later, and comes back
    await page.keyboard.press("Control+s");
    await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
    const kernels = (await (await page.request.get(api("kernels"))).json()) as { id: string }[];
    for (const { id } of kernels) await page.request.delete(api(`kernels/${id}`));
    await page.goto(address);
    await page.locator(".latent-explorer .words", { hasText: seen.slice(0, seen.indexOf(")")) }).waitFor();
    assert.deepEqual(
      complaints.filter(complaint => complaint !== SAID_BY_NOTEBOOK_7 && !ASKED_TOO_EARLY.test(complaint)),
      [],
    );
  });

const FIGURE_CELL = `import { plot } from "latent"
plot.curves({ loss: [3, 2, 1] }, { title: "Loss falls", x: "step", y: "loss" })`;

for (const host of ["JupyterLab", "Notebook 7"] as const)
  test(`in ${host} a figure is dark in the dark theme, follows another one, and to open its notebook changes nothing`, {
    skip: skip || long,
  }, async t => {
    const work = emptyFolder(t);
    const path = widgetNotebook(work, [FIGURE_CELL]);
    const { page: address } = await serveNotebook(t, work, host, "JupyterLab Dark");
    const { page } = await browser(t);
    await page.goto(address);
    await page.locator("h1", { hasText: "Widgets" }).waitFor();
    await runAll(page, PATIENCE_MS);
    const paper = (colour: string) => page.locator(`.js-plotly-plot .main-svg[style*="${colour}"]`).first().waitFor();
    await paper("rgb(17, 17, 17)");
    await page.keyboard.press("Control+s");
    await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
    await page.goto(address);
    await paper("rgb(17, 17, 17)");
    await page.waitForTimeout(2000); // Plotly's own renderer writes its picture of the figure soon after it is drawn
    assert.equal(await page.locator(".jp-mod-dirty").count(), 0);
    assert.doesNotMatch(readFileSync(path, "utf8"), /image\/png/);
    await page.evaluate("document.body.dataset.jpThemeLight = 'true'");
    await paper("white");
  });

const FRAME_CELL = `import { data } from "latent"
import { DataFrame } from "danfojs-node"
new DataFrame({ n: Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_000), half: Array.from({ length: 100_000 }, (_, i) => (i % 2 ? i : NaN)) })`;

for (const host of ["JupyterLab", "Notebook 7"] as const)
  test(`in ${host} a frame of 100,000 rows is sorted and paged, and a reopened notebook shows the page that was seen`, {
    skip: skip || long,
  }, async t => {
    const work = emptyFolder(t);
    widgetNotebook(work, [FRAME_CELL]);
    const { page: address, api } = await serveNotebook(t, work, host);
    const { page } = await browser(t);
    await page.goto(address);
    await page.locator("h1", { hasText: "Widgets" }).waitFor();
    await runAll(page, PATIENCE_MS);
    const table = page.locator(".latent-explorer");
    await table.getByText("float32, 50000 missing").waitFor();
    await table.getByRole("button", { name: "n", exact: true }).click();
    await table.getByText("Sorted by n, smallest first.").waitFor();
    await table.getByRole("button", { name: "n ▲" }).click();
    await table.getByText("Rows 1 to 20 of 100000. Sorted by n, largest first.").waitFor();
    assert.equal(await table.locator("tbody tr td").first().textContent(), "99999");
    await table.getByRole("button", { name: "Last" }).click();
    await table.getByText("Rows 99981 to 100000 of 100000.").waitFor();
    await page.keyboard.press("Control+s");
    await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
    const kernels = (await (await page.request.get(api("kernels"))).json()) as { id: string }[];
    for (const { id } of kernels) await page.request.delete(api(`kernels/${id}`));
    await page.goto(address);
    await table.getByText("Rows 99981 to 100000 of 100000. Sorted by n, largest first.").waitFor();
  });
