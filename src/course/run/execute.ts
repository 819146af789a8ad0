import type { Client } from "../../client/index.ts";
import type { Message } from "../../protocol/index.ts";
import { type Cell, type Notebook, sourceOf } from "../pair/notebook.ts";
import type { Live } from "./live.ts";
import { CellOutputs, displayId, type Output, updateDisplays } from "./outputs.ts";
import { Widgets } from "./widgets.ts";

/** What became of one code cell. */
export interface CellReport {
  /** 1 for the first code cell. */
  number: number;
  of: number;
  source: string;
  seconds: number;
  failed: boolean;
  outputs: readonly Output[];
}

/**
 * Runs the code cells of `notebook` in order and fills in their outputs and counts, and the states of their widgets. Stops at the first cell that
 * fails, unless it is tagged `raises-exception`. Returns whether every cell ended well.
 */
export async function executeNotebook(
  client: Client,
  notebook: Notebook,
  report: (cell: CellReport) => void,
  live?: Live,
): Promise<boolean> {
  const cells = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  const gathered = new Map<Cell, CellOutputs>(cells.map(cell => [cell, new CellOutputs()]));
  const ids = new WeakMap<Output, string>();
  const widgets = new Widgets();
  let ok = true;
  for (const [index, cell] of cells.entries()) {
    if (!ok) break;
    const outputs = gathered.get(cell) as CellOutputs;
    const start = performance.now();
    const { reply } = await client.execute(sourceOf(cell), { allow_stdin: false }, message => {
      live?.take(message);
      if (!widgets.take(message)) gather(message, outputs, gathered.values(), ids);
    });
    live?.end();
    cell.execution_count = reply.execution_count;
    const failed = reply.status !== "ok" && !tags(cell).includes("raises-exception");
    ok &&= !failed;
    const seconds = (performance.now() - start) / 1000;
    report({ number: index + 1, of: cells.length, source: sourceOf(cell), seconds, failed, outputs: outputs.list });
  }
  for (const [cell, { list }] of gathered) cell.outputs = list;
  const { widgets: _, ...metadata } = notebook.metadata;
  const block = widgets.block();
  notebook.metadata = block === undefined ? metadata : { ...metadata, widgets: block };
  return ok;
}

function gather(
  message: Message,
  outputs: CellOutputs,
  all: Iterable<CellOutputs>,
  ids: WeakMap<Output, string>,
): void {
  if (message.header.msg_type === "update_display_data") {
    updateDisplays(all, ids, message);
    return;
  }
  outputs.take(message);
  const id = displayId(message.content);
  const last = outputs.list.at(-1);
  if (id !== undefined && last !== undefined) ids.set(last, id);
}

function tags({ metadata }: Cell): unknown[] {
  return Array.isArray(metadata.tags) ? metadata.tags : [];
}
