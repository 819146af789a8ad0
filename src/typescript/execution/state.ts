import type { Compiled } from "../cell/compile.ts";
import { Events } from "./events.ts";

/** A cell that ran: its text by the name that V8 has in stack traces. */
export interface Ran {
  label: string;
  source: string;
  original: Compiled["original"];
}

/** The cell that runs now. */
export interface Running {
  id: string;
  allowStdin: boolean;
  aborter: AbortController;
  /** Ends the cell as interrupted, whatever its code is doing. */
  interrupt: () => void;
}

/** All that the execution process knows. */
export interface Execution {
  readonly events: Events;
  /** The cell that output belongs to: the running one, or one whose timer or await came back. */
  owner: string;
  running: Running | undefined;
  /** Rises with each interrupt: an `await` that began before the last one does not come back. */
  epoch: number;
  /** By script name, `cell:1` for the first cell that ran. */
  readonly ran: Map<string, Ran>;
  /** Where the cell's imports are resolved from: a file name in the notebook's folder. */
  readonly base: string;
}

export function createExecution(folder: string): Execution {
  return {
    events: new Events(),
    owner: "",
    running: undefined,
    epoch: 0,
    ran: new Map(),
    base: `${folder}/notebook.ts`,
  };
}
