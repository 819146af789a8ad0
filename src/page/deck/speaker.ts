import { SLIDE } from "./size.ts";

/** What we use of the deck. */
interface Deck {
  on(event: string, listener: () => void): void;
  getCurrentSlide(): HTMLElement;
  getSlides(): HTMLElement[];
  next(): void;
  prev(): void;
}

const EVENTS = ["slidechanged", "fragmentshown", "fragmenthidden"];
const LOOK = `
body { margin: 0; display: grid; grid-template: auto 1fr / 3fr 2fr; gap: 16px; padding: 16px; height: 100vh; box-sizing: border-box;
  background: #16181d; color: #eee; font: 22px/1.5 "Source Sans 3 Variable", sans-serif; }
.clock { font-variant-numeric: tabular-nums; grid-column: 1 / -1; display: flex; justify-content: space-between; }
.notes-now { overflow: auto; font-size: 26px; }
.next { overflow: hidden; }
.next .stage { position: relative; overflow: hidden; background: #fff; border-radius: 6px; }
.next .stage > section { position: absolute; display: block !important; visibility: visible !important; transform-origin: 0 0; opacity: 1; }
aside.notes, .fragment.line-step { display: none; }
`;

/**
 * A second window with the notes, the next slide and the time. It is written by this page itself and asks nothing of any address,
 * so it works from a file as well.
 */
export function openSpeakerView(deck: Deck): void {
  const view = window.open("", "latent-speaker", "width=1200,height=760");
  if (view === null) {
    alert("The browser refused the speaker's window: allow pop-ups for this page.");
    return;
  }
  const { document: page } = view;
  page.title = `Notes: ${document.title}`;
  page.head.replaceChildren(...[...document.querySelectorAll("style")].map(style => page.importNode(style, true)));
  page.head.append(Object.assign(page.createElement("style"), { textContent: LOOK }));
  page.documentElement.className = "deck speaker";
  const part = (className: string) => Object.assign(page.createElement("div"), { className });
  const [clock, notes, next] = [part("clock"), part("notes-now"), part("next")];
  page.body.replaceChildren(clock, notes, next);
  const began = Date.now();
  const tick = (): void => {
    const minutes = Math.floor((Date.now() - began) / 60_000);
    clock.textContent = `${new Date().toLocaleTimeString()} · ${minutes} min`;
  };
  const show = (): void => {
    const current = deck.getCurrentSlide();
    const all = deck.getSlides();
    notes.replaceChildren(...notesOf(current).map(node => page.importNode(node, true)));
    next.replaceChildren(preview(page, all[all.indexOf(current) + 1], view.innerWidth * 0.38));
  };
  for (const event of EVENTS) deck.on(event, () => !view.closed && show());
  page.addEventListener("keydown", event => {
    if (["ArrowRight", " ", "PageDown"].includes(event.key)) deck.next();
    if (["ArrowLeft", "PageUp"].includes(event.key)) deck.prev();
  });
  const timer = setInterval(() => (view.closed ? clearInterval(timer) : tick()), 1000);
  tick();
  show();
}

function notesOf(slide: HTMLElement): Node[] {
  const notes = slide.querySelector(":scope > aside.notes");
  return notes === null ? [document.createTextNode("No notes.")] : [...notes.childNodes];
}

function preview(page: Document, slide: HTMLElement | undefined, width: number): HTMLElement {
  const stage = page.createElement("div");
  if (slide === undefined) {
    stage.textContent = "This is the last slide.";
    return stage;
  }
  const scale = width / SLIDE.width;
  stage.className = "stage";
  stage.style.cssText = `width:${width}px;height:${SLIDE.height * scale}px`;
  const copy = page.importNode(slide, true);
  copy.removeAttribute("hidden");
  copy.style.cssText = `transform:scale(${scale})`;
  stage.append(copy);
  return stage;
}
