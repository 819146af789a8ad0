import type { MimeBundle } from "../../../interpreter/index.ts";
import { type AbortSignal, Object, String, Symbol, TypeError } from "../../intrinsics.ts";
import type { Comms } from "../comms.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { insisted } from "../undisturbed.ts";
import { cleanBundle } from "./bundle.ts";
import { plain } from "./plain.ts";
import { show, shownAsText } from "./result.ts";
import { createDisplay } from "./shows.ts";

/** What a library finds at `Symbol.for("latent.kernel")` on the global object; under other kernels it is absent. */
export interface KernelHandle {
  /** Shows a MIME bundle below the cell; with a `display_id` it can be updated. */
  display(data: MimeBundle, metadata?: MimeBundle, transient?: { display_id?: string }): void;
  /** Changes what was shown under `display_id`, in every place where it stands. */
  update(data: MimeBundle, metadata: MimeBundle | undefined, transient: { display_id: string }): void;
  /** Empties the cell's output; with `wait`, when the next output comes. */
  clear(options?: { wait?: boolean }): void;
  /** The message below which output of the code that runs appears; a widget captures output by it. */
  readonly parent: string;
  /** Goes up with each stop: what was under way before may never come back. */
  readonly stops: number;
  /** Calls `call` after each cell, once its end was told; for what should take none of a cell's time. */
  betweenCells(call: () => void): void;
  /** Aborts when the running cell is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** What is shown of a data frame, where a library knows more than the kernel. */
  frameBundle?: (frame: object) => MimeBundle;
  /** Named lines to the front end: widgets. */
  readonly comms: Comms;
}

export function provideDisplay(execution: Execution, comms: Comms): void {
  const publish = (type: "display_data" | "update_display_data", shown: Publication) => {
    const { data, metadata, displayId, cell = execution.owner } = shown;
    execution.events.tell({ type, cell, data, metadata, ...(displayId !== undefined && { displayId }) });
  };
  const handle: KernelHandle = {
    display: (data, metadata, transient) => publish("display_data", publication(data, metadata, transient)),
    update: (data, metadata, transient) => publish("update_display_data", publication(data, metadata, transient)),
    clear: ({ wait = false } = {}) => execution.events.tell({ type: "clear_output", cell: execution.owner, wait }),
    betweenCells: call => void execution.betweenCells.add(call),
    comms,
    get parent() {
      return execution.parent;
    },
    get stops() {
      return execution.epoch + execution.stopped.size;
    },
    get signal() {
      return execution.running?.aborter.signal;
    },
  };
  hide(Symbol.for("latent.kernel"), handle);
  const display = (value: unknown, options?: { id?: string; update?: boolean }) => {
    const { owner: cell } = execution;
    const type = options?.update ? "update_display_data" : "display_data";
    const displayId = options?.id === undefined ? undefined : String(options.id);
    return show(value, {
      tell: data => publish(type, { data, metadata: {}, displayId, cell }),
      note: why => execution.events.print(cell, "stderr", shownAsText(why)),
    });
  };
  // display(value), display.html("<b>..</b>"), display.clear({ wait: true })
  hide("display", Object.assign(display, createDisplay(), { clear: handle.clear }));
}

interface Publication {
  data: MimeBundle;
  metadata: MimeBundle;
  displayId: string | undefined;
  cell?: string;
}

function publication(
  data: MimeBundle,
  metadata: MimeBundle | undefined | null,
  transient: { display_id?: string } | undefined | null,
): Publication {
  if (data === null || typeof data !== "object")
    throw new TypeError(`What is shown must be an object of MIME types with their content, and this is ${data}.`);
  const id = transient?.display_id;
  const displayId = id === undefined || id === null ? undefined : String(id);
  return { data: cleanBundle(data), metadata: insisted(() => plain({ ...metadata })) as MimeBundle, displayId };
}
