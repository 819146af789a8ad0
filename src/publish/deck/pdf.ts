import { pathToFileURL } from "node:url";
import { findBrowser, openBrowser } from "../../browser/index.ts";
import { replaceFile } from "../../course/pair/index.ts";

/**
 * Prints a deck to the PDF beside it, a page a slide, its figures as lines and letters; with notes, each slide's notes are a page
 * behind it.
 *
 * @returns the path of the PDF and its number of pages
 * @throws Error in one sentence, where this machine has no Chromium
 */
export async function printDeck(deck: string, withNotes: boolean): Promise<{ path: string; pages: number }> {
  const program = findBrowser();
  if (program === undefined)
    throw new Error(
      "A PDF is printed by Chromium, and there is none on the PATH: install it, or export without --pdf.",
    );
  const path = deck.replace(/\.html$/, ".pdf");
  const { page, close } = await openBrowser(program);
  try {
    await page.goto(`${pathToFileURL(deck).href}?print${withNotes ? "&notes" : ""}`);
    await page.locator("html[data-ready='']").waitFor({ state: "attached" });
    const pages = await page.locator("section.slide").count();
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await replaceFile(path, pdf);
    return { path, pages };
  } finally {
    await close();
  }
}
