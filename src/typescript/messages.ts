import type { Failure, MimeBundle, UserExpression } from "../interpreter/index.ts";

/** File descriptors of the execution process beyond stdin, stdout and stderr. */
export const FD = {
  /** Interrupts, read by a worker thread that lives while the main thread loops; its end ends the process. */
  control: 3,
  /** Requests to the main thread. */
  requests: 4,
  /** Events of the main thread, written with blocking writes, so that their order is the order of the cell. */
  events: 5,
  /** Answers to questions, read with a blocking read: `prompt` returns a value, not a promise. */
  answers: 6,
} as const;

/** The front process asks. */
export type RequestMessage = RunRequest | CommRequest;

export interface RunRequest {
  type: "run";
  cell: string;
  code: string;
  count: number;
  silent: boolean;
  allowStdin: boolean;
  userExpressions: Record<string, string>;
}

/** A comm message of the front end; its buffers are those of the frame. `cell` is the id of the message. */
export interface CommRequest {
  type: "comm";
  cell: string;
  kind: "comm_open" | "comm_msg" | "comm_close";
  commId: string;
  target?: string;
  data: unknown;
  metadata: MimeBundle;
}

/** The answer to a question; nothing where it was refused or withdrawn. */
export interface Answer {
  value?: string;
}

/** The execution process tells. `cell` is the id of the request that the event belongs to. */
export type EventMessage =
  | { type: "ready" }
  /** Without `text`, the frame's buffer has it: ASCII. */
  | { type: "stream"; cell: string; name: "stdout" | "stderr"; text?: string }
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
  | {
      type: "comm_open" | "comm_msg" | "comm_close";
      cell: string;
      commId: string;
      target?: string;
      data: unknown;
      metadata: MimeBundle;
    }
  | { type: "input"; cell: string; prompt: string; password: boolean }
  | { type: "handled"; cell: string }
  | { type: "done"; cell: string; failure?: Failure; userExpressions?: Record<string, UserExpression> };
