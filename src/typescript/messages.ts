import type { Failure, MimeBundle } from "../interpreter/index.ts";

/** File descriptors of the execution process beyond stdin, stdout and stderr. */
export const FD = {
  /** Interrupts, read by a worker thread that lives while the main thread loops; its end ends the process. */
  control: 3,
  /** Requests to the main thread. */
  requests: 4,
  /** Events of the main thread, written with blocking writes, so that their order is the order of the cell. */
  events: 5,
} as const;

/** The front process asks. */
export type RequestMessage = { type: "run"; cell: string; code: string; count: number; silent: boolean };

/** The execution process tells. `cell` is the id of the request that the event belongs to. */
export type EventMessage =
  | { type: "ready" }
  | { type: "stream"; cell: string; name: "stdout" | "stderr"; text: string }
  | {
      type: "display_data" | "update_display_data";
      cell: string;
      data: MimeBundle;
      metadata: MimeBundle;
      displayId?: string;
    }
  | { type: "execute_result"; cell: string; data: MimeBundle; metadata: MimeBundle }
  | { type: "clear_output"; cell: string; wait: boolean }
  | { type: "error"; cell: string; failure: Failure }
  | { type: "done"; cell: string; failure?: Failure };
