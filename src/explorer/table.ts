import { button, frame, type Rendering, row } from "./frame.ts";
import type { Model } from "./model.ts";

interface Column {
  name: string;
  type: string;
  isNumeric: boolean;
  missing: number;
}

interface Sort {
  column: number;
  descending: boolean;
}

/** A page of a table; the kernel has the rest. A page without a kernel shows what was saved, and offers no more. */
export const table: Rendering = {
  render({ model, el }) {
    const grid = document.createElement("table");
    const ask = (from: number, sort = model.get("sort") as Sort | null): void => model.send?.({ from, sort });
    const rows = model.get("rows") as number;
    const total = model.get("total") as number;
    const from = (): number => model.get("from") as number;
    const buttons = row(
      "sliders",
      button("First", () => ask(0)),
      button("Previous", () => ask(from() - rows)),
      button("Next", () => ask(from() + rows)),
      button("Last", () => ask(total)),
    );
    const words = frame(el, "Table", row("wide", grid, buttons));
    const draw = (): void => {
      buttons.hidden = model.send === undefined || total <= rows;
      const focused = buttonsOf(grid).indexOf(document.activeElement as HTMLButtonElement);
      grid.replaceChildren(
        head(model, sort => ask(0, sort)),
        body(model),
      );
      // Who sorts by the keyboard is still there.
      buttonsOf(grid)[focused]?.focus();
      const last = Math.min(total, from() + rows);
      words.textContent = `Rows ${Math.min(total, from() + 1)} to ${last} of ${total}.${sorted(model)}`;
    };
    // Another order may leave the cells of this page as they were.
    for (const key of ["cells", "from", "sort"]) model.on(`change:${key}`, draw);
    draw();
  },
};

function buttonsOf(grid: HTMLElement): HTMLButtonElement[] {
  return [...grid.querySelectorAll<HTMLButtonElement>("th button")];
}

function sorted(model: Model): string {
  const sort = model.get("sort") as Sort | null;
  if (sort === null) return "";
  const { name } = (model.get("columns") as Column[])[sort.column] as Column;
  return ` Sorted by ${name}, ${sort.descending ? "largest" : "smallest"} first.`;
}

/** A click sorts upwards, the next one downwards, the third brings back the order in which the rows came. */
function head(model: Model, ask: (sort: Sort | null) => void): HTMLElement {
  const sort = model.get("sort") as Sort | null;
  const isAlone = model.send === undefined;
  const cells = (model.get("columns") as Column[]).map(({ name, type, isNumeric, missing }, column) => {
    const cell = document.createElement("th");
    const isSorted = sort?.column === column;
    cell.scope = "col";
    cell.style.textAlign = isNumeric ? "right" : "left";
    cell.setAttribute("aria-sort", isSorted ? (sort.descending ? "descending" : "ascending") : "none");
    const mark = isSorted ? (sort.descending ? " ▼" : " ▲") : "";
    const next = isSorted ? (sort.descending ? null : { column, descending: true }) : { column, descending: false };
    const kind = document.createElement("small");
    kind.textContent = missing > 0 ? `${type}, ${missing} missing` : type;
    cell.append(isAlone ? name : button(`${name}${mark}`, () => ask(next)), document.createElement("br"), kind);
    return cell;
  });
  const element = document.createElement("thead");
  const line = document.createElement("tr");
  if (model.get("index") != null) line.append(document.createElement("td"));
  line.append(...cells);
  element.append(line);
  return element;
}

function body(model: Model): HTMLElement {
  const columns = model.get("columns") as Column[];
  const index = (model.get("index") ?? null) as string[] | null;
  const element = document.createElement("tbody");
  for (const [row, texts] of (model.get("cells") as (string | null)[][]).entries()) {
    const line = document.createElement("tr");
    if (index !== null) line.append(rowName(index[row] ?? ""));
    for (const [i, text] of texts.entries()) {
      const cell = document.createElement("td");
      cell.textContent = text ?? "missing";
      cell.style.textAlign = columns[i]?.isNumeric ? "right" : "left";
      if (text === null) cell.className = "missing";
      line.append(cell);
    }
    element.append(line);
  }
  return element;
}

function rowName(name: string): HTMLElement {
  const cell = document.createElement("th");
  cell.scope = "row";
  cell.textContent = name;
  return cell;
}
