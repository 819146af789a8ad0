import { startExplorer } from "../explorers.ts";
import { drawFigure } from "../figures.ts";
import { paginate } from "./paginate.ts";
import { present } from "./present.ts";
import { printPages } from "./print.ts";
import { CONTENT, LETTERS } from "./size.ts";

const page = document.documentElement;
const wanted = new URLSearchParams(location.search);

/** Draws the figures of one slide. */
async function fill(slide: Element): Promise<void> {
  const figures = [...slide.querySelectorAll<HTMLElement>(":scope [data-figure]")];
  const room = (figure: HTMLElement) => ({
    width: CONTENT.width,
    height: Number.parseFloat(figure.style.height),
    letters: LETTERS,
  });
  await Promise.all(figures.map(figure => drawFigure(figure, room)));
}

async function start(): Promise<void> {
  page.classList.add("deck", "laid-out");
  if (wanted.has("dark")) page.dataset.theme = "dark";
  // Heights are measured: the fonts must be there before.
  await Promise.all([...document.fonts].map(font => font.load()));
  const slides = document.querySelector<HTMLElement>(".slides") as HTMLElement;
  // Explorers have their height once they run; what takes a place on a slide must have it before slides are filled.
  await Promise.all([...slides.querySelectorAll<HTMLElement>("[data-widget]")].map(startExplorer));
  paginate(slides);
  if (wanted.has("print")) await printPages(slides, fill, wanted.has("notes"));
  else {
    page.classList.remove("laid-out");
    await present(slides, fill);
  }
  page.dataset.ready = "";
}

start().catch((error: unknown) => {
  // The page is readable without us.
  page.classList.remove("deck");
  page.dataset.ready = "failed";
  console.error(error);
});
