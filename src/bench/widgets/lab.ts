import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenedBrowser, openBrowser, runAll, type Served, startServer } from "../../browser/index.ts";
import { median, percentile } from "../statistics.ts";
import { python, type Side } from "./sides.ts";

type Page = OpenedBrowser["page"];

/** What a reader feels in JupyterLab, in a headless Chromium that draws without a graphics card. */
export interface PageFigures {
  /** Milliseconds from a key press on the slider to the changed text in the page. */
  p50: number;
  p95: number;
  /** Frames a second while a key moves the slider 60 times a second, and how many different texts stood there. */
  frames: number;
  texts: number;
}

/** What an explorer does in the page, without its kernel. */
export interface ExplorerFigures {
  frames: number;
  /** Milliseconds that one move of the pointer takes: decode 2-256-784 and draw. */
  p50: number;
  p95: number;
  /** Bytes of its state in a notebook. */
  bytes: number;
}

const EXPLORER = `import { explore, models, tf } from "latent"
const vae = models.vae({ inputs: 784, hidden: [256], latent: 2, seed: 1 })
const codes = tf.randomNormal([1000, 2], 0, 1, "float32", 1)
explore.plane(vae, { codes, labels: Array.from({ length: 1000 }, (_, i) => i % 10) })`;

/** Opens JupyterLab with both kernels, and measures. */
export async function pageFigures(
  sides: readonly Side[],
  program: string,
): Promise<{ sliders: Map<string, PageFigures>; explorer: ExplorerFigures }> {
  const folder = mkdtempSync(join(tmpdir(), "latent-bench-"));
  for (const side of sides) writeSide(folder, side);
  const notebook = (name: string, cell: string, kernel: string) =>
    writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebookOf(cell, kernel)));
  notebook("explorer", EXPLORER, "latent");
  const server = await serveLab(folder);
  const { page, close } = await openBrowser(program);
  try {
    const open = async (name: string): Promise<void> => {
      await page.goto(server.address.replace(/\/lab\?/, `/lab/tree/${name}.ipynb?reset&`));
      await page.locator("h1", { hasText: "Bench" }).waitFor();
      await runAll(page, 120_000);
    };
    const sliders = new Map<string, PageFigures>();
    for (const { name } of sides) {
      process.stderr.write(`bench: ${name} in JupyterLab\n`);
      await open(name.toLowerCase());
      sliders.set(name, await sliderInPage(page));
    }
    process.stderr.write("bench: an explorer in JupyterLab\n");
    await open("explorer");
    return { sliders, explorer: await explorerInPage(page) };
  } finally {
    await close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeSide(folder: string, side: Side): void {
  const name = side.name.toLowerCase();
  const spec = join(folder, "jupyter", "kernels", name);
  mkdirSync(spec, { recursive: true });
  writeFileSync(join(spec, "kernel.json"), JSON.stringify(side.spec(folder)));
  writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebookOf(side.words.slider, name)));
}

function notebookOf(source: string, kernel: string): object {
  const title = { cell_type: "markdown", id: "title", metadata: {}, source: "# Bench" };
  const code = { cell_type: "code", id: "code", metadata: {}, source, outputs: [], execution_count: null };
  const kernelspec = { name: kernel, display_name: kernel, language: kernel };
  return { cells: [title, code], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}

function serveLab(folder: string): Promise<Served> {
  const own = (name: string): string => join(folder, name);
  return startServer(
    [
      python,
      "-m",
      "jupyterlab",
      "--no-browser",
      "--allow-root",
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.port=0",
    ],
    /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/,
    {
      ...{ JUPYTER_PATH: own("jupyter"), JUPYTERLAB_SETTINGS_DIR: own("settings") },
      ...{ JUPYTERLAB_WORKSPACES_DIR: own("workspaces"), LATENT_HISTORY: "off" },
    },
  );
}

const PRESSES = 100;
const BURST_MS = 4000;

async function sliderInPage(page: Page): Promise<PageFigures> {
  await page.locator("#words", { hasText: "0" }).waitFor();
  await page.locator(".noUi-handle").focus();
  const times: number[] = [];
  for (let i = 0; i < PRESSES; i++) {
    // Before the key, and awaited: a key that comes first would be timed from the start of the page.
    await page.evaluate(watch);
    await page.keyboard.press("ArrowRight");
    times.push(await page.evaluate(() => (globalThis as Watching).took as Promise<number>));
  }
  const { frames, texts } = await page.evaluate(burst, BURST_MS);
  return { p50: median(times), p95: percentile(times, 0.95), frames, texts };
}

type Watching = { took?: Promise<number> };

/** In the page: `took` becomes the milliseconds from the next key to the next change of the text. */
function watch(): void {
  (globalThis as Watching).took = new Promise(resolve => {
    let start = 0;
    addEventListener(
      "keydown",
      () => {
        start = performance.now();
      },
      { once: true, capture: true },
    );
    const place = document.querySelector("#words")?.parentElement as Element;
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(place, { childList: true, subtree: true, characterData: true });
  });
}

/** In the page: 60 keys a second, frames counted. */
async function burst(lasting: number): Promise<{ frames: number; texts: number }> {
  const handle = document.querySelector(".noUi-handle") as HTMLElement;
  const seen = new Set<string>();
  let frames = 0;
  const count = (): void => {
    frames++;
    seen.add(document.querySelector("#words")?.textContent ?? "");
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  const start = performance.now();
  for (let i = 0; performance.now() - start < lasting; i++) {
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await new Promise(resolve => setTimeout(resolve, Math.max(0, start + (1000 * (i + 1)) / 60 - performance.now())));
  }
  return { frames: (1000 * frames) / (performance.now() - start), texts: seen.size };
}

async function explorerInPage(page: Page): Promise<ExplorerFigures> {
  await page.locator(".latent-explorer .surface").waitFor();
  const { frames, times } = await page.evaluate(wander, BURST_MS);
  await page.keyboard.press("Control+s");
  await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
  const notebook = await page.evaluate(async () => {
    const { token } = JSON.parse(document.querySelector("#jupyter-config-data")?.textContent ?? "{}");
    const answer = await fetch(`/api/contents/explorer.ipynb?token=${token}`);
    const { content } = await answer.json();
    return JSON.stringify(content.metadata.widgets ?? {}).length;
  });
  return { frames, p50: median(times), p95: percentile(times, 0.95), bytes: notebook };
}

/** In the page: the pointer moves once a frame. */
async function wander(lasting: number): Promise<{ frames: number; times: number[] }> {
  const surface = document.querySelector(".latent-explorer .surface") as HTMLElement;
  surface.scrollIntoView({ block: "center" });
  const { left, top, width, height } = surface.getBoundingClientRect();
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < lasting) {
    const angle = times.length / 20;
    const clientX = left + width * (0.5 + 0.4 * Math.cos(angle));
    const clientY = top + height * (0.5 + 0.4 * Math.sin(1.3 * angle));
    const before = performance.now();
    surface.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, bubbles: true }));
    times.push(performance.now() - before);
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  return { frames: (1000 * times.length) / (performance.now() - start), times };
}
