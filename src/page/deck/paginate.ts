import { CONTENT, FIGURE } from "./size.ts";
import { splitBlock } from "./split.ts";

const FLEXIBLE = "[data-figure]";
/** What the heading of a slide that goes on takes, in pixels. */
const HEADING = 60;
/** An explorer is enlarged by at most this much. */
const LARGEST_ZOOM = 1.5;

/**
 * Makes every slide fit: figures take what the text leaves; text that is a little too long gets smaller letters; what is much too
 * long goes on over several slides. Heights do not depend on the screen, so every reader gets the same slides.
 */
export function paginate(slides: HTMLElement): void {
  for (const slide of [...slides.querySelectorAll<HTMLElement>("section.slide")]) fitSlide(slide);
}

function fitSlide(slide: HTMLElement): void {
  const content = contentOf(slide);
  narrow(content);
  if (fits(content)) {
    grow(content);
    return;
  }
  slide.classList.add("dense");
  narrow(content);
  if (fits(content)) {
    grow(content);
    return;
  }
  slide.classList.remove("dense");
  const parts = splitSlide(slide);
  for (const [i, part] of parts.entries()) {
    if (i > 0) part.querySelector(".part")?.replaceChildren(`${i + 1} / ${parts.length}`);
    narrow(contentOf(part));
    squeeze(contentOf(part));
    grow(contentOf(part));
  }
}

/** Fills slide after slide with the blocks of one that holds too much. */
function splitSlide(slide: HTMLElement): HTMLElement[] {
  const blocks = [...contentOf(slide).children] as HTMLElement[];
  const heading = blocks[0]?.matches("h1, h2, h3") ? blocks[0] : undefined;
  contentOf(slide).replaceChildren();
  const parts = [slide];
  let room = contentOf(slide);
  const turn = (): void => {
    const next = continued(slide, parts.length + 1, heading);
    (parts.at(-1) as HTMLElement).after(next);
    parts.push(next);
    room = contentOf(next);
  };
  const waiting = blocks;
  while (waiting.length > 0) {
    const block = waiting.shift() as HTMLElement;
    room.append(block);
    if (fits(room)) continue;
    const isAlone = hasOnly(room, block, heading);
    if (block.matches("pre") && fitsTight(block, room)) continue;
    const isLong = block.scrollHeight > mostInOnePiece(block);
    const rest = isLong || isAlone ? splitBlock(block, () => fits(room), isAlone) : undefined;
    if (rest === undefined && isAlone) continue;
    if (rest === undefined) {
      block.remove();
      waiting.unshift(...goingAlong(room, heading), block);
    } else waiting.unshift(rest);
    turn();
    // A figure leaves little room for what is said about it.
    if (waiting[0]?.matches(FLEXIBLE)) (parts.at(-1) as HTMLElement).classList.add("dense");
  }
  return parts.filter(part => contentOf(part).children.length > 0);
}

/** Code that is one or two lines too long gets its lines closer together. */
function fitsTight(code: HTMLElement, room: HTMLElement): boolean {
  code.classList.add("tight");
  if (fits(room)) return true;
  code.classList.remove("tight");
  return false;
}

/** A cell of code is read as a whole: one that has room on a slide of its own is not divided. */
function mostInOnePiece(block: HTMLElement): number {
  return block.matches("pre") ? CONTENT.height - HEADING : CONTENT.height / 2;
}

/** A subheading does not stay behind without what it stands above, nor a figure without what is said about it. */
function goingAlong(room: HTMLElement, heading: HTMLElement | undefined): HTMLElement[] {
  const last = room.lastElementChild as HTMLElement | null;
  if (last === null || last === heading || last.classList.contains("again")) return [];
  if (!last.matches("h2, h3, h4") && !(last.matches(FLEXIBLE) && !hasOnly(room, last, heading))) return [];
  last.remove();
  return [last];
}

function hasOnly(room: HTMLElement, block: HTMLElement, heading: HTMLElement | undefined): boolean {
  return [...room.children].every(child => child === block || child === heading || child.classList.contains("again"));
}

function continued(slide: HTMLElement, number: number, heading: HTMLElement | undefined): HTMLElement {
  const next = slide.cloneNode(true) as HTMLElement;
  next.id = `${slide.id}-${number}`;
  const content = contentOf(next);
  content.replaceChildren();
  if (heading !== undefined) {
    const again = document.createElement("h3");
    again.className = "again";
    again.innerHTML = `${heading.innerHTML} <span class="part"></span>`;
    content.append(again);
  }
  return next;
}

function contentOf(slide: HTMLElement): HTMLElement {
  return slide.querySelector(":scope > .content") as HTMLElement;
}

/** Whether all is inside when each figure has the least room. */
function fits(content: HTMLElement): boolean {
  for (const figure of content.querySelectorAll<HTMLElement>(FLEXIBLE))
    figure.style.height = `${leastHeight(figure)}px`;
  return content.scrollHeight <= CONTENT.height + 1;
}

/** With less than this a figure's letters would meet. The exporter notes how tall the figure is in letters of 20 pixels. */
function leastHeight(figure: HTMLElement): number {
  const own = Number(figure.dataset.tall ?? FIGURE.most);
  return Math.round(Math.min(FIGURE.most, Math.max(FIGURE.least, FIGURE.share * own)));
}

/** Figures share what is left. */
function grow(content: HTMLElement): void {
  for (const explorer of content.querySelectorAll<HTMLElement>(".explorer")) enlarge(explorer, content);
  const figures = [...content.querySelectorAll<HTMLElement>(FLEXIBLE)];
  if (figures.length === 0) return;
  const inner = [...content.children].at(-1) as HTMLElement;
  const used = inner.offsetTop + inner.offsetHeight;
  const spare = Math.max(0, CONTENT.height - used) / figures.length;
  for (const figure of figures) figure.style.height = `${Math.floor(leastHeight(figure) + spare)}px`;
}

/** An explorer made for a page is small on a slide: it takes the width and the height that are left. */
function enlarge(explorer: HTMLElement, content: HTMLElement): void {
  const root = explorer.querySelector<HTMLElement>(".latent-explorer");
  const last = content.lastElementChild as HTMLElement;
  if (root === null || explorer.style.zoom !== "") return;
  const parts = [...root.children].filter(part => !part.matches(".words, style")) as HTMLElement[];
  const width = Math.max(...parts.map(part => part.offsetLeft + part.offsetWidth)) - root.offsetLeft;
  const height = explorer.offsetHeight;
  const spare = CONTENT.height - (last.offsetTop + last.offsetHeight);
  const zoom = Math.min(LARGEST_ZOOM, CONTENT.width / (width + 1), (height + spare) / height);
  if (!(zoom > 1.05)) return;
  explorer.style.zoom = String(zoom);
  if (!fits(content)) explorer.style.zoom = "";
}

/** What is wider than the slide and cannot be broken gets smaller until it is inside. */
function narrow(content: HTMLElement): void {
  for (const wide of content.querySelectorAll<HTMLElement>("table, .katex-display, .explorer, .html > *")) {
    wide.style.removeProperty("zoom");
    const [has, needs] = [CONTENT.width, wide.scrollWidth];
    if (needs > has + 1) wide.style.setProperty("zoom", String(has / needs));
  }
}

/** The last resort for a block that can neither be split nor be read smaller: it is shrunk as a whole, and nothing is lost. */
function squeeze(content: HTMLElement): void {
  if (fits(content)) return;
  const last = content.lastElementChild as HTMLElement;
  const above = last.offsetTop;
  const shrunk = Math.max(0.2, (CONTENT.height - above) / last.scrollHeight);
  last.style.setProperty("zoom", String(shrunk));
  last.dataset.shrunk = shrunk.toFixed(2);
}
