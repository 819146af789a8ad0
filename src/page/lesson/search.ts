import { loadScript } from "../script.ts";
import { type Entry, type Hit, search } from "./rank.ts";

/** The search box of the page: the index is loaded when it gets the focus, results come with each letter. */
export function startSearch(box: HTMLElement): void {
  const input = box.querySelector("input") as HTMLInputElement;
  const found = box.querySelector<HTMLElement>(".found") as HTMLElement;
  let loading: Promise<readonly Entry[]> | undefined;
  const entries = (): Promise<readonly Entry[]> => {
    loading ??= loadIndex();
    return loading;
  };
  const show = async (): Promise<void> => {
    const query = input.value;
    const list = await entries();
    if (query !== input.value) return; // a later letter has come
    found.hidden = query.trim() === "";
    if (!found.hidden) showHits(found, search(list, query));
  };
  const say = (error: unknown): void => {
    found.hidden = false;
    (found.querySelector(".count") as HTMLElement).textContent = (error as Error).message;
  };
  input.addEventListener("focus", () => void entries().catch(say));
  input.addEventListener("input", () => void show().catch(say));
  box.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      input.value = "";
      found.hidden = true;
      input.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(box, event);
    if (event.key === "Enter" && event.target === input) found.querySelector("a")?.click();
  });
  document.addEventListener("click", event => {
    if (!box.contains(event.target as Node)) found.hidden = true;
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || (event.target as HTMLElement).closest?.("input, textarea, select, [data-widget]")) return;
    event.preventDefault();
    input.focus();
  });
}

async function loadIndex(): Promise<readonly Entry[]> {
  await loadScript(document.documentElement.dataset.search as string, "The index of the search");
  return (globalThis as unknown as { latentSearch: Entry[] }).latentSearch;
}

function showHits(found: HTMLElement, hits: readonly Hit[]): void {
  const root = document.documentElement.dataset.root ?? "";
  const count = hits.length === 1 ? "1 section" : `${hits.length} sections`;
  (found.querySelector(".count") as HTMLElement).textContent = hits.length === 0 ? "Nothing was found." : count;
  (found.querySelector("ol") as HTMLElement).replaceChildren(
    ...hits.map(({ entry, excerpt }) => {
      const link = make("a", "");
      link.setAttribute("href", root + entry.at);
      const words = excerpt.map(({ text, isMarked }) => (isMarked ? make("mark", text) : text));
      const said = make("span", "");
      said.append(...words);
      link.append(make("small", entry.lesson), make("strong", entry.heading), said);
      // A hit on this very page closes the list; the page itself stays.
      link.addEventListener("click", () => {
        found.hidden = true;
      });
      const item = make("li", "");
      item.append(link);
      return item;
    }),
  );
}

function make(name: string, text: string): HTMLElement {
  return Object.assign(document.createElement(name), { textContent: text });
}

/** The arrows lead from the box through the hits and back. */
function step(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [box.querySelector("input") as HTMLElement, ...box.querySelectorAll<HTMLElement>(".found a")];
  const at = stops.indexOf(event.target as HTMLElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
