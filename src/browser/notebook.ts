import type { Page } from "playwright-core";

/** What a reader sees of the notebook that is in front, in JupyterLab or Notebook 7. */
export interface Seen {
  codeCells: number;
  /** Code cells that have run: a number stands in their brackets. */
  ran: number;
  figures: number;
  /** Figures that show something: an svg or a canvas with a size. */
  drawn: number;
  errors: string[];
  /** "✓ pass" or "✗ FAIL", for each line of the check cells. */
  checks: string[];
}

const FRONT = ".jp-NotebookPanel:visible";

/** Follows a link in a Markdown cell of the notebook in front, until the notebook that it leads to is in front. */
export async function openLink(page: Page, text: string): Promise<void> {
  await page.locator(`${FRONT} .jp-RenderedMarkdown a`, { hasText: text }).click();
  await page.locator(`${FRONT} h1`, { hasText: text }).waitFor();
}

/** Chooses Run All Cells in the menu, and waits until every code cell has its number. */
export async function runAll(page: Page, timeout: number): Promise<void> {
  await page.locator(`${FRONT} .jp-Notebook-ExecutionIndicator[data-status=idle]`).waitFor();
  // The menu's commands are for the notebook that has the focus, and asleep until one has.
  await page.locator(`${FRONT} .jp-Cell h1`).first().click();
  await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Run$/ }).click();
  const begun = await page.evaluateHandle(watchForStar);
  await page.locator(".lm-Menu-item:not(.lm-mod-disabled)", { hasText: /^Run All Cells$/ }).click();
  await page.waitForFunction(seen => seen.star, begun);
  await page.waitForFunction(isEveryCellNumbered, undefined, { timeout, polling: 500 });
}

/**
 * Whether a cell of the notebook in front was waiting since. Numbers of an earlier run give way to a star before the first
 * cell is sent; quick cells have theirs for a moment, which a busy browser's next look may miss.
 */
function watchForStar(): { star: boolean } {
  const seen = { star: false };
  const panel = [...document.querySelectorAll(".jp-NotebookPanel")].find(element => element.checkVisibility());
  const look = (): void => {
    const prompts = [...(panel?.querySelectorAll(".jp-InputPrompt") ?? [])];
    seen.star ||= prompts.some(prompt => prompt.textContent.includes("*"));
  };
  // An observer is called before the page is drawn anew, and after each turn in which something changed.
  if (panel) new MutationObserver(look).observe(panel, { subtree: true, childList: true, characterData: true });
  return seen;
}

function isEveryCellNumbered(): boolean {
  const panel = [...document.querySelectorAll(".jp-NotebookPanel")].find(element => element.checkVisibility());
  const prompts = [...(panel?.querySelectorAll(".jp-CodeCell .jp-InputPrompt") ?? [])];
  return prompts.length > 0 && prompts.every(prompt => /^\[\d+\]:?$/.test(prompt.textContent.trim()));
}

/** Scrolls through the notebook in front, since a figure is drawn when it is seen, and says what it shows. */
export async function look(page: Page): Promise<Seen> {
  await page.evaluate(scrollThrough);
  return await page.evaluate(readPanel);
}

async function scrollThrough(): Promise<void> {
  for (const output of document.querySelectorAll(".jp-NotebookPanel .jp-OutputArea-output")) {
    output.scrollIntoView({ block: "center" });
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function readPanel(): Seen {
  const panel = [...document.querySelectorAll(".jp-NotebookPanel")].find(element => element.checkVisibility());
  if (panel === undefined) throw new Error("No notebook is in front.");
  const all = (selector: string) => [...panel.querySelectorAll(selector)];
  const hasSize = (element: Element) => element.getBoundingClientRect().width > 100;
  const prompts = all(".jp-CodeCell .jp-InputPrompt");
  const figures = all(".jp-RenderedPlotly");
  return {
    codeCells: prompts.length,
    ran: prompts.filter(prompt => /\d/.test(prompt.textContent)).length,
    figures: figures.length,
    drawn: figures.filter(figure => [...figure.querySelectorAll("svg.main-svg, canvas")].some(hasSize)).length,
    errors: all("[data-mime-type='application/vnd.jupyter.error']").map(error => error.textContent),
    checks: all(".jp-OutputArea-output").flatMap(output => output.textContent.match(/✓ pass|✗ FAIL/g) ?? []),
  };
}

/** Waits until that many pictures in texts of the notebook in front have been loaded. */
export async function waitForPictures(page: Page, count: number): Promise<void> {
  await page.waitForFunction(wanted => {
    const pictures = [...document.querySelectorAll<HTMLImageElement>(".jp-RenderedMarkdown img")];
    return pictures.filter(({ naturalWidth }) => naturalWidth > 100).length >= wanted;
  }, count);
}
