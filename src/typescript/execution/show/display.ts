import type { MimeBundle } from "../../../interpreter/index.ts";
import { type AbortSignal, Object, Promise, Symbol } from "../../intrinsics.ts";
import type { Comms } from "../comms.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { toBundle } from "./result.ts";
import { createDisplay } from "./shows.ts";

/** What a library finds at `Symbol.for("latent.kernel")` on the global object; under other kernels it is absent. */
export interface KernelHandle {
  /** Shows a MIME bundle below the cell; with a `display_id` it can be updated. */
  display(data: MimeBundle, metadata?: MimeBundle, transient?: { display_id?: string }): void;
  /** Changes what was shown under `display_id`, in every place where it stands. */
  update(data: MimeBundle, metadata: MimeBundle | undefined, transient: { display_id: string }): void;
  /** Empties the cell's output; with `wait`, when the next output comes. */
  clear(options?: { wait?: boolean }): void;
  /** Aborts when the running cell is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** Named lines to the front end: widgets. */
  readonly comms: Comms;
}

export function provideDisplay(execution: Execution, comms: Comms): void {
  const show = (type: "display_data" | "update_display_data", data: MimeBundle, metadata = {}, displayId?: string) =>
    execution.events.tell({
      type,
      cell: execution.owner,
      data,
      metadata,
      ...(displayId !== undefined && { displayId }),
    });
  const handle: KernelHandle = {
    display: (data, metadata, { display_id } = {}) => show("display_data", data, metadata, display_id),
    update: (data, metadata, { display_id }) => show("update_display_data", data, metadata, display_id),
    clear: ({ wait = false } = {}) => execution.events.tell({ type: "clear_output", cell: execution.owner, wait }),
    comms,
    get signal() {
      return execution.running?.aborter.signal;
    },
  };
  hide(Symbol.for("latent.kernel"), handle);
  const display = (value: unknown, { id, update = false }: { id?: string; update?: boolean } = {}) => {
    const type = update ? "update_display_data" : "display_data";
    const bundle = toBundle(value);
    if (bundle instanceof Promise) return bundle.then(data => show(type, data, {}, id));
    return show(type, bundle, {}, id);
  };
  // display(value), display.html("<b>..</b>"), display.clear({ wait: true })
  hide("display", Object.assign(display, createDisplay(), { clear: handle.clear }));
}
