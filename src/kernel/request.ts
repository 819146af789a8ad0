import type { Routed } from "../protocol/index.ts";

/** A message that arrived on shell or control, and so is answered there. */
export interface Request {
  channel: "shell" | "control";
  routed: Routed;
}

/** Who may be asked while a cell runs, and the question that waits for its answer. */
export interface Asking {
  request: Request;
  answer?: (value: string | undefined) => void;
}
