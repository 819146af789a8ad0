import { startExplorer } from "../explorers.ts";
import { drawFigure, type fitted, redrawFigure } from "../figures.ts";

/** The smallest letters of a figure on a page, in pixels. */
const LETTERS = 12;
/** What comes this near to the screen is drawn, so that a reader who scrolls finds it there. */
const NEAR = "400px 0px";

/** Draws each figure and starts each explorer when it comes into view. */
export function watchView(): void {
  const observer = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const element = target as HTMLElement;
        void (element.dataset.widget === undefined ? drawFigure(element, roomOf) : startExplorer(element));
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of document.querySelectorAll("[data-figure], [data-widget]")) observer.observe(element);
  followWidth();
}

/** A figure takes the width of the text, and the height that is its own at that width. */
function roomOf(element: HTMLElement, layout: Record<string, unknown>): Parameters<typeof fitted>[1] {
  const width = element.clientWidth;
  const own = typeof layout.width === "number" ? layout.width : width;
  const height = typeof layout.height === "number" ? layout.height : 450;
  return { width, height: Math.round(height * Math.min(1.15, Math.max(0.85, width / own))), letters: LETTERS };
}

/** A page that is turned or made narrower gets its figures anew. */
function followWidth(): void {
  let width = document.body.clientWidth;
  let timer = 0;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.body.clientWidth === width) return;
      width = document.body.clientWidth;
      for (const element of document.querySelectorAll<HTMLElement>("[data-figure][data-state=live]"))
        void redrawFigure(element, roomOf);
    }, 200);
  });
}
