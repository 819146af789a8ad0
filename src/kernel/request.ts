import type { Routed } from "../protocol/index.ts";

/** A message that arrived on shell or control, and so is answered there. */
export interface Request {
  channel: "shell" | "control";
  routed: Routed;
}

/** Who may be asked while a cell runs, and the question that waits for its answer. */
export interface Asking {
  request: Request;
  /** Set once the cell is being stopped: a question that is still on its way is not asked. */
  stopped?: boolean;
  question?: { id: string; answer: (value: string | undefined) => void };
}
