import type { Page } from "playwright-core";

/** What a reader sees of one slide. */
export interface SeenSlide {
  id: string;
  text: string;
  /** Elements that stick out of the slide. */
  outside: string[];
  /** The smallest letters, in pixels of the screen. */
  smallest: number;
  figures: number;
  /** Figures and explorers that show something. */
  drawn: number;
  explorers: number;
  /** What figures and explorers say that do not run. */
  failures: string[];
  /** Whether any note can be seen. */
  showsNotes: boolean;
}

/** Opens a deck from its file, at the size of a screen. */
export async function openDeck(page: Page, address: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
}

/** Walks through a deck with the arrow key, fragments and all, and says what each slide shows at its end. */
export async function walkDeck(page: Page): Promise<SeenSlide[]> {
  const seen = new Map<string, SeenSlide>();
  for (;;) {
    await page.waitForFunction(isDrawn);
    const slide = await page.evaluate(readSlide);
    seen.set(slide.id, slide);
    if (await page.evaluate(isAtEnd)) return [...seen.values()];
    await page.keyboard.press("ArrowRight");
  }
}

function isDrawn(): boolean {
  const slide = document.querySelector("section.stack.present > section.slide.present");
  return [...(slide?.querySelectorAll<HTMLElement>("[data-figure], [data-widget]") ?? [])].every(element =>
    ["live", "failed"].includes(element.dataset.state ?? ""),
  );
}

function isAtEnd(): boolean {
  const { latentDeck } = globalThis as unknown as {
    latentDeck: { isLastSlide(): boolean; availableFragments(): { next: boolean } };
  };
  return latentDeck.isLastSlide() && !latentDeck.availableFragments().next;
}

function readSlide(): SeenSlide {
  const slide = document.querySelector<HTMLElement>("section.stack.present > section.slide.present");
  if (slide === null) throw new Error("No slide is in front.");
  const frame = slide.getBoundingClientRect();
  const scale = frame.width / slide.offsetWidth;
  const elements = [...slide.querySelectorAll<HTMLElement>(".content *")].filter(
    element => element.checkVisibility() && !element.closest("svg, .katex-mathml, .live"),
  );
  const sticksOut = ({ left, right, top, bottom, width, height }: DOMRect): boolean =>
    width > 0 &&
    height > 0 &&
    (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1);
  const sizes = elements
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim()))
    // A formula's indices are smaller than its letters, as in print.
    .filter(element => !element.closest(".katex"))
    .map(element => Number.parseFloat(getComputedStyle(element).fontSize) * scale);
  const live = (selector: string) => [...slide.querySelectorAll<HTMLElement>(selector)];
  const hasSize = (element: Element) => element.getBoundingClientRect().width > 50;
  const drawn = [...live("[data-figure]"), ...live("[data-widget]")].filter(
    element => element.dataset.state === "live" && [...element.querySelectorAll("svg, canvas")].some(hasSize),
  );
  return {
    id: slide.id,
    // biome-ignore lint/performance/useDomNodeTextContent: only what a reader sees counts
    text: slide.querySelector<HTMLElement>(".content")?.innerText ?? "",
    outside: elements
      .filter(element => sticksOut(element.getBoundingClientRect()))
      .map(element => `${element.tagName} ${element.className}`),
    smallest: Math.min(Number.POSITIVE_INFINITY, ...sizes),
    figures: live("[data-figure]").length,
    explorers: live("[data-widget]").length,
    drawn: drawn.length,
    failures: live("[data-state=failed]").map(element => element.title),
    showsNotes: [...document.querySelectorAll("aside.notes")].some(note => note.checkVisibility()),
  };
}
