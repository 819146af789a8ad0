import { formatMarker, isMarker, type Marker, parseMarker } from "./marker.ts";

/** A cell of a percent-format script: its marker and its source, without comment signs in Markdown. */
export interface PercentCell extends Marker {
  source: string;
}

/** Opens every script, so that jupytext knows the format and the kernel. */
const header = `// ---
// jupyter:
//   jupytext:
//     formats: ipynb,ts:percent
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: TypeScript (Latent)
//     language: typescript
//     name: typescript
// ---`;

/**
 * Reads a script in jupytext's percent format. Markdown cells are comment lines; the header between two `// ---` lines is
 * left out; blank lines around a cell do not belong to it.
 *
 * @throws SyntaxError when text stands before the first marker, or a line of a Markdown cell is no comment
 */
export function parsePercent(script: string): PercentCell[] {
  const cells: PercentCell[] = [];
  let lines: string[] = [];
  for (const line of withoutHeader(script)) {
    if (isMarker(line)) {
      close(cells.at(-1), lines);
      cells.push({ ...parseMarker(line), source: "" });
      lines = [];
    } else lines.push(line);
  }
  close(cells.at(-1), lines);
  return cells;
}

/** Writes a script that {@link parsePercent} reads back to the same cells. */
export function formatPercent(cells: readonly PercentCell[]): string {
  const blocks = cells.map(cell => `${formatMarker(cell)}\n${body(cell)}`.trimEnd());
  return `${[header, ...blocks].join("\n\n")}\n`;
}

function withoutHeader(script: string): string[] {
  const lines = script.replace(/\r\n/g, "\n").split("\n");
  if (lines[0] !== "// ---") return lines;
  return lines.slice(lines.indexOf("// ---", 1) + 1);
}

function close(cell: PercentCell | undefined, lines: string[]): void {
  const text = lines.join("\n").replace(/^\n+|\s+$/g, "");
  if (cell) cell.source = cell.type === "code" ? text : uncomment(text);
  else if (text) throw new SyntaxError(`Text before the first "// %%": ${text.split("\n", 1)[0]}`);
}

function uncomment(text: string): string {
  const lines = text === "" ? [] : text.split("\n");
  return lines
    .map(line => {
      if (!line.startsWith("//")) throw new SyntaxError(`A line of a Markdown cell does not begin with "//": ${line}`);
      return line.slice(line[2] === " " ? 3 : 2);
    })
    .join("\n");
}

function body({ type, source }: PercentCell): string {
  const lines = source.split("\n");
  if (type !== "code") return lines.map(line => `// ${line}`.trimEnd()).join("\n");
  const trap = lines.find(isMarker);
  if (trap !== undefined) throw new SyntaxError(`A code cell may not hold a line that begins a cell: ${trap}`);
  return source;
}
