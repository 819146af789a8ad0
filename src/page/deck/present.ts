import Reveal from "reveal.js";
import { followLines } from "./lines.ts";
import { SLIDE } from "./size.ts";
import { openSpeakerView } from "./speaker.ts";

/** Shows the slides one by one. */
export async function present(slides: HTMLElement, fill: (slide: Element) => Promise<void>): Promise<void> {
  const deck = new Reveal(
    slides.parentElement as HTMLElement,
    {
      ...{ width: SLIDE.width, height: SLIDE.height, margin: 0, minScale: 0.1, maxScale: 4, center: false },
      ...{
        controls: false,
        hash: true,
        respondToHashChanges: true,
        slideNumber: "c/t",
        navigationMode: "linear",
        transition: "none",
      },
      ...{ backgroundTransition: "none", viewDistance: 1, pdfSeparateFragments: false, scrollActivationWidth: 0 },
      keyboardCondition: keysAreForSlides,
    } as never,
  );
  const show = async (): Promise<void> => {
    const current = deck.getCurrentSlide();
    if (!current) return;
    // Not earlier: Plotly measures its letters, and what is hidden has no size.
    await fill(current);
    slides.dataset.shown = current.id;
  };
  deck.on("slidechanged", () => void show());
  followLines(deck as never);
  await deck.initialize();
  deck.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker view" }, () => openSpeakerView(deck as never));
  deck.addKeyBinding({ keyCode: 68, key: "D", description: "Light or dark" }, toggleTheme);
  deck.addKeyBinding({ keyCode: 80, key: "P", description: "Pages for printing" }, () => {
    location.search = "?print";
  });
  (globalThis as Record<string, unknown>).latentDeck = deck;
  await show();
}

/** An explorer or a slider of a figure that has the focus takes the arrow keys for itself. */
function keysAreForSlides(event: KeyboardEvent): boolean {
  return !(event.target as HTMLElement).closest?.("[data-widget], input, textarea, select, [contenteditable]");
}

function toggleTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset.theme === "dark" || (!dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  dataset.theme = isDark ? "light" : "dark";
}
