import { freshId, match, sameText } from "./identity.ts";
import { type Cell, type Notebook, notebookMetadata, sourceOf, toLines } from "./notebook.ts";
import { formatPercent, type PercentCell, parsePercent } from "./percent.ts";

/**
 * Makes the notebook of a percent-format script. Against the notebook as it was, a cell keeps its id, and a code cell whose
 * text did not change keeps its outputs, and the widgets among them their states.
 *
 * @param script text of the `.ts` file
 * @param previous the notebook made of an earlier state of the script
 * @throws SyntaxError when the script is not in percent format
 */
export function toNotebook(script: string, previous?: Notebook): Notebook {
  const cells = parsePercent(script);
  const origins = match(cells, previous?.cells ?? []);
  const taken = new Set(origins.flatMap(origin => (origin ? [origin.id] : [])));
  const made = cells.map((cell, i) => {
    const origin = origins[i];
    const id = origin?.id ?? freshId(cell, taken);
    taken.add(id);
    return toCell(cell, id, origin);
  });
  return {
    cells: made,
    metadata: { ...notebookMetadata, ...widgetsOf(made, previous) },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Makes the percent-format script of a notebook; outputs and ids stay behind. */
export function toScript(notebook: Notebook): string {
  return formatPercent(
    notebook.cells.map(cell => ({ type: cell.cell_type, metadata: cell.metadata, source: sourceOf(cell) })),
  );
}

/** The states of widgets, which a notebook keeps beside its cells, as long as an output shows a widget. */
function widgetsOf(cells: readonly Cell[], previous: Notebook | undefined): { widgets?: unknown } {
  const { widgets } = previous?.metadata ?? {};
  const outputs = cells.flatMap(cell => (cell.outputs ?? []) as { data?: object }[]);
  const showsSome = outputs.some(({ data = {} }) => "application/vnd.jupyter.widget-view+json" in data);
  return widgets !== undefined && showsSome ? { widgets } : {};
}

function toCell(cell: PercentCell, id: string, origin: Cell | undefined): Cell {
  const { type, metadata, source } = cell;
  const common = { cell_type: type, id, metadata, source: toLines(source) };
  if (type !== "code") return common;
  const kept = origin && sameText(cell, origin) ? origin : undefined;
  return { ...common, execution_count: kept?.execution_count ?? null, outputs: kept?.outputs ?? [] };
}
