import type { Page } from "playwright-core";

/** What a reader sees of a page of the site, from its top to its end. */
export interface SeenPage {
  figures: number;
  explorers: number;
  /** Figures and explorers that show something. */
  drawn: number;
  /** What figures and explorers say that do not run. */
  failures: string[];
  /** Elements that make the page wider than the screen. */
  wide: string[];
}

/** Opens a page of the site, at the size of a screen. */
export async function openPage(page: Page, address: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
}

/** Scrolls through a page, since what it shows is drawn when it comes into view, and says what a reader sees. */
export async function walkPage(page: Page): Promise<SeenPage> {
  for (const element of await page.locator("[data-figure], [data-widget]").all()) {
    // What stands in a folded part has no place on the screen before it is unfolded.
    await element.evaluate(found => {
      for (let part = found.closest("details"); part !== null; part = part.parentElement?.closest("details") ?? null)
        part.open = true;
      found.scrollIntoView({ block: "center" });
    });
    const handle = await element.elementHandle();
    await page.waitForFunction(found => /live|failed/.test((found as HTMLElement)?.dataset.state ?? ""), handle);
  }
  return await page.evaluate(readPage);
}

function readPage(): SeenPage {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const hasSize = (element: Element) => element.getBoundingClientRect().width > 50;
  const shows = (element: HTMLElement) =>
    element.dataset.state === "live" && [...element.querySelectorAll("svg, canvas")].some(hasSize);
  const screen = document.documentElement.clientWidth;
  const isWide = document.documentElement.scrollWidth > screen;
  const wide = all("body *").filter(element => element.getBoundingClientRect().right > screen + 1);
  return {
    figures: all("[data-figure]").length,
    explorers: all("[data-widget]").length,
    drawn: all("[data-figure], [data-widget]").filter(shows).length,
    failures: all("[data-state=failed]").map(element => element.title),
    wide: isWide ? wide.map(element => `${element.tagName} ${element.className}`) : [],
  };
}
