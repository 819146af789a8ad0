/** What of a block is split between which children; the first that matches. */
const SPLITTERS: readonly { matches: string; inner: string }[] = [
  { matches: "pre", inner: ":scope > code" },
  { matches: "ul, ol", inner: ":scope" },
  { matches: "table", inner: ":scope > tbody" },
  { matches: "div:not(.explorer), blockquote, details", inner: ":scope" },
];

/** Fewer lines of a block than this are not left alone at the foot of a slide. */
const LEAST_LINES = 3;

/**
 * Leaves in a block what fits, and returns a block with the rest: code goes on with its next line, a table with its next row and
 * its head again. Undefined where nothing would stay, or the block has no joints.
 *
 * @param isFresh whether the slide holds nothing else: then any part that fits may stay
 */
export function splitBlock(block: HTMLElement, fits: () => boolean, isFresh: boolean): HTMLElement | undefined {
  const splitter = SPLITTERS.find(({ matches }) => block.matches(matches));
  const inner = splitter && (splitter.inner === ":scope" ? block : block.querySelector<HTMLElement>(splitter.inner));
  if (!inner || inner.children.length === 0) return undefined;
  const children = [...inner.children] as HTMLElement[];
  const kept = mostThatFit(children, inner, fits);
  if (kept === 0 && children[0] !== undefined && isFresh) return splitFirst(block, inner, children, fits);
  const isLoose = block.matches("pre") && Math.min(kept, children.length - kept) < LEAST_LINES && !isFresh;
  if (kept === 0 || isLoose) {
    inner.replaceChildren(...children);
    return undefined;
  }
  const rest = shellOf(block, inner);
  rest.inner.append(...children.slice(kept));
  if (block.matches("ol")) rest.block.setAttribute("start", String((block as HTMLOListElement).start + kept));
  return rest.block;
}

/** How many of the children fit, found by halving. They are left in place. */
function mostThatFit(children: readonly HTMLElement[], inner: HTMLElement, fits: () => boolean): number {
  let [most, tooMany] = [0, children.length];
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >> 1;
    inner.replaceChildren(...children.slice(0, middle));
    if (fits()) most = middle;
    else tooMany = middle;
  }
  inner.replaceChildren(...children.slice(0, most));
  return most;
}

/** The first child alone is too tall: it is split in turn. */
function splitFirst(
  block: HTMLElement,
  inner: HTMLElement,
  children: readonly HTMLElement[],
  fits: () => boolean,
): HTMLElement | undefined {
  const [first, ...others] = children as [HTMLElement, ...HTMLElement[]];
  inner.replaceChildren(first);
  const remainder = splitBlock(first, fits, true);
  if (remainder === undefined) {
    if (others.length === 0) return undefined;
    const rest = shellOf(block, inner);
    rest.inner.append(...others);
    return rest.block;
  }
  const rest = shellOf(block, inner);
  rest.inner.append(remainder, ...others);
  return rest.block;
}

/** The block again, without what is inside: a table keeps its head. */
function shellOf(block: HTMLElement, inner: HTMLElement): { block: HTMLElement; inner: HTMLElement } {
  const held = [...inner.children];
  inner.replaceChildren();
  inner.dataset.splitHere = "";
  const shell = block.cloneNode(true) as HTMLElement;
  inner.replaceChildren(...held);
  delete inner.dataset.splitHere;
  const shellInner = "splitHere" in shell.dataset ? shell : (shell.querySelector("[data-split-here]") as HTMLElement);
  delete shellInner.dataset.splitHere;
  return { block: shell, inner: shellInner };
}
