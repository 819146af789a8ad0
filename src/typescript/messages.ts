import type { CommMessage, Failure, Memory, MimeBundle, Output, UserExpression } from "../interpreter/index.ts";

/** File descriptors of the execution process beyond stdin, stdout and stderr. */
export const FD = {
  /**
   * Interrupts, read by a worker thread that lives while the main thread loops, and a byte for each that is dealt with.
   * Its end ends the process.
   */
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

export type { Memory } from "../interpreter/index.ts";

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
  /** The cell below which output of its handler appears, where that is another one. */
  shownIn?: string;
}

/** A line on the control pipe. */
export interface InterruptMessage {
  /** The cell that is meant; empty where none runs, and all that ended cells have left is meant. */
  cell: string;
  /** How many requests the process was sent before. */
  sent: number;
}

/** The answer to a question; nothing where it was refused or withdrawn. */
export interface Answer {
  value?: string;
}

/** A comm message without its buffers, and a stream without its text: what of an output goes into a frame's head. */
type OutputHead =
  | Exclude<Output, { type: "stream" | "written" } | CommMessage>
  | Omit<CommMessage, "buffers">
  /** The frame's buffer has the text, as JSON without the quotes around it. */
  | { type: "stream"; name: "stdout" | "stderr" };

/** An output of a cell; its buffers are those of the frame. */
export type OutputEvent = OutputHead & { cell: string };

/** What the execution process sends. `cell` is the id of the request that the event belongs to. */
export type EventMessage =
  | OutputEvent
  | { type: "ready" }
  /** The cell was taken: from here on its end, whatever it is, is the cell's own. */
  | { type: "began"; cell: string }
  | { type: "input"; cell: string; prompt: string; password: boolean }
  | { type: "handled"; cell: string }
  | {
      type: "done";
      cell: string;
      memory: Memory;
      failure?: Failure;
      userExpressions?: Record<string, UserExpression>;
    };

/** The output that an event and its buffers carried. */
export function toOutput({ cell: _, ...head }: OutputEvent, buffers: readonly Uint8Array[]): Output {
  switch (head.type) {
    case "stream":
      return { type: "written", name: head.name, json: buffers[0] ?? new Uint8Array() };
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      return { ...head, buffers };
    default:
      return head;
  }
}
