import type { Json, Message } from "../../protocol/index.ts";
import { toLines } from "../pair/notebook.ts";

/** An output as nbformat 4.5 stores it. */
export type Output = Json & { output_type: string };

/** Gathers the published messages of one cell into the outputs that a notebook stores. */
export class CellOutputs {
  readonly list: Output[] = [];
  #clearAtNext = false;

  /** Takes a message; `update_display_data` is left to `updateDisplays`, which knows all cells. */
  take({ header: { msg_type }, content }: Message): void {
    if (msg_type === "clear_output") {
      if (content.wait === true) this.#clearAtNext = true;
      else this.list.length = 0;
      return;
    }
    const output = toOutput(msg_type, content);
    if (output === undefined) return;
    if (this.#clearAtNext) this.list.length = 0;
    this.#clearAtNext = false;
    this.#add(output);
  }

  #add(output: Output): void {
    const last = this.list.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      last.text = toLines([...(last.text as string[]), ...(output.text as string[])].join(""));
    else this.list.push(output);
  }
}

/** Changes every output that was displayed under the id which an `update_display_data` names. */
export function updateDisplays(cells: Iterable<CellOutputs>, ids: WeakMap<Output, string>, { content }: Message): void {
  const id = displayId(content);
  for (const { list } of cells)
    for (const output of list)
      if (id !== undefined && ids.get(output) === id)
        Object.assign(output, { data: storedBundle(content.data as Json), metadata: content.metadata });
}

export function displayId(content: Json): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function toOutput(output_type: string, content: Json): Output | undefined {
  switch (output_type) {
    case "stream":
      return { output_type, name: content.name, text: toLines(String(content.text)) };
    case "display_data":
      return { output_type, data: storedBundle(content.data as Json), metadata: content.metadata };
    case "execute_result": {
      const { execution_count, data, metadata } = content;
      return { output_type, execution_count, data: storedBundle(data as Json), metadata };
    }
    case "error": {
      const { ename, evalue, traceback } = content;
      return { output_type, ename, evalue, traceback };
    }
    default:
      return undefined;
  }
}

/** Texts are stored as lists of lines, JSON as it is. */
function storedBundle(data: Json): Json {
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [mime, typeof value === "string" ? toLines(value) : value]),
  );
}
