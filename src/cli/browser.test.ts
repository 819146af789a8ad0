import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { findBrowser, look, type OpenedBrowser, openBrowser, openLink, runAll } from "../browser/index.ts";
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

/** Off: JupyterLab keeps in the page what is out of sight too, so that a test can read the whole notebook. */
function settings(t: TestContext): NodeJS.ProcessEnv {
  const folder = emptyFolder(t);
  const put = (plugin: string, value: object) => {
    mkdirSync(join(folder, "@jupyterlab", plugin.split(":")[0] as string), { recursive: true });
    writeFileSync(
      join(folder, "@jupyterlab", `${plugin.replace(":", "/")}.jupyterlab-settings`),
      JSON.stringify(value),
    );
  };
  put("notebook-extension:tracker", { windowingMode: "none" });
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
    complaints.filter(complaint => complaint !== SAID_BY_NOTEBOOK_7),
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
