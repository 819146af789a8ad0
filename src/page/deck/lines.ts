/** What we use of the deck. */
interface Deck {
  on(event: string, listener: (event: { fragment?: HTMLElement }) => void): void;
  getCurrentSlide(): HTMLElement;
}

/**
 * Steps through the lines of code: `data-steps="1-2|4|"` lights these lines, the others are dimmed; an empty step lights all. Each
 * step after the first is a fragment, so the arrow keys lead through it.
 */
export function followLines(deck: Deck): void {
  for (const code of document.querySelectorAll<HTMLElement>("pre[data-steps]")) prepare(code);
  deck.on("fragmentshown", ({ fragment }) => fragment && step(fragment, 0));
  deck.on("fragmenthidden", ({ fragment }) => fragment && step(fragment, -1));
}

function prepare(code: HTMLElement): void {
  const steps = (code.dataset.steps ?? "").split("|");
  light(code, steps[0] ?? "");
  for (const [i] of steps.slice(1).entries()) {
    const fragment = document.createElement("span");
    fragment.className = "fragment line-step";
    fragment.dataset.step = String(i + 1);
    code.append(fragment);
  }
}

function step(fragment: HTMLElement, by: number): void {
  const code = fragment.closest<HTMLElement>("pre[data-steps]");
  if (code === null || fragment.dataset.step === undefined) return;
  light(code, (code.dataset.steps ?? "").split("|")[Number(fragment.dataset.step) + by] ?? "");
}

function light(code: HTMLElement, lines: string): void {
  const wanted = new Set(lines.split(",").flatMap(rangeOf));
  for (const line of code.querySelectorAll<HTMLElement>(".line"))
    line.classList.toggle("dim", wanted.size > 0 && !wanted.has(Number(line.dataset.line)));
}

function rangeOf(text: string): number[] {
  const [from = 0, to = from] = text.split("-").map(Number);
  return from > 0 ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
}
