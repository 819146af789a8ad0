import { escapeHtml } from "../display/escape.ts";
import { showsItself } from "../display/self.ts";
import { type ReadableBundle, show } from "../display/show.ts";
import { kind } from "../options/kind.ts";
import { extent } from "./numbers.ts";
import { expectWords } from "./words.ts";

/** As much of danfojs' DataFrame as a table reads. */
export interface Frame {
  columns: string[];
  /** Rows of cells. */
  values: unknown[];
}

export interface TableWords {
  /** The finding, as above a figure. */
  /** @defaultValue none */
  title?: string;
  /**
   * Digits of a number behind its point. Whole numbers have none.
   *
   * @defaultValue 4
   */
  decimals?: number;
}

/** A data frame under a title. It shows itself when it is the last expression of a cell; anywhere else `show()` does. */
export class Table {
  readonly #title: string;
  readonly #head: readonly string[];
  readonly #rows: readonly Cell[][];

  static {
    showsItself(Table.prototype);
  }

  constructor({ columns, values }: Frame, { title = "", decimals = 4 }: TableWords) {
    this.#title = title;
    this.#head = columns;
    const whole = columns.map((_, column) => values.every(row => !isFraction((row as unknown[])[column])));
    this.#rows = (values as unknown[][]).map(row => row.map((value, i) => toCell(value, whole[i] ? 0 : decimals)));
  }

  show(): void {
    show(this.bundle());
  }

  bundle(): ReadableBundle {
    return { "text/html": this.#html(), "text/plain": this.#text() };
  }

  #html(): string {
    const row = (tag: "th" | "td", cells: readonly Cell[]) =>
      `<tr>${cells.map(({ text, align }) => `<${tag} style="text-align: ${align}">${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
    const head = row("th", this.#headCells());
    const body = this.#rows.map(cells => row("td", cells)).join("\n");
    const title = `<p><b>${escapeHtml(this.#title)}</b></p>`;
    return `${title}\n<table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
  }

  #text(): string {
    const rows = [this.#headCells(), ...this.#rows];
    const widths = this.#head.map((_, i) => extent(rows.map(row => (row[i] as Cell).text.length))[1]);
    const pad = ({ text, align }: Cell, i: number) =>
      align === "right" ? text.padStart(widths[i] as number) : text.padEnd(widths[i] as number);
    return [this.#title, ...rows.map(row => row.map(pad).join("  ").trimEnd())].join("\n");
  }

  /** A column's name stands above its cells, on their side. */
  #headCells(): Cell[] {
    return this.#head.map((text, i) => ({ text, align: this.#rows[0]?.[i]?.align ?? "left" }));
  }
}

/**
 * A danfojs DataFrame as a table with the finding as its title, in every front end: numbers at the right, with as many
 * digits in all rows of a column; missing values are empty.
 *
 * @throws TypeError when it is no data frame
 */
export function table(frame: Frame, words: TableWords = {}): Table {
  expectWords(words, "plot.table", { title: true, decimals: true });
  const { columns, values } = Object(frame) as Partial<Frame>;
  if (!Array.isArray(columns) || !Array.isArray(values) || !values.every(Array.isArray))
    throw new TypeError(`plot.table needs a data frame, new DataFrame({ name: numbers, … }); it got ${kind(frame)}.`);
  return new Table(frame, words);
}

interface Cell {
  text: string;
  align: "left" | "right";
}

function isFraction(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value);
}

function toCell(value: unknown, decimals: number): Cell {
  if (typeof value !== "number") return { text: String(value ?? ""), align: "left" };
  const text = Number.isFinite(value) ? value.toFixed(decimals).replace("-", "−") : "";
  return { text, align: "right" };
}
