import type { Compiled } from "../cell/compile.ts";
import { createNames, type Names } from "../cell/names.ts";
import { type AbortController, Map, Set } from "../intrinsics.ts";
import { Events } from "./events.ts";
import { Resources } from "./resources.ts";

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
  /** A cell that was stopped before it began. */
  stoppedBefore: string | undefined;
  /** Whether the kernel's own code runs, which a stop must not end. */
  inHost: boolean;
  /** Set from the moment that the side thread was told to terminate until it has happened. */
  stopComing: boolean;
  /** Cells that were stopped: their timers do not fire and their awaits do not come back. */
  readonly stopped: Set<string>;
  /** What a library wants to be called for after each cell. */
  readonly betweenCells: Set<() => void>;
  /** By script name, `cell:1` for the first cell that ran. */
  readonly ran: Map<string, Ran>;
  /** Where the cell's imports are resolved from: a file name in the notebook's folder. */
  readonly base: string;
  /** The names of globals that the cells have taken for themselves. */
  readonly names: Names;
  readonly resources: Resources;
}

export function createExecution(folder: string): Execution {
  return {
    events: new Events(),
    owner: "",
    running: undefined,
    stoppedBefore: undefined,
    inHost: false,
    stopComing: false,
    stopped: new Set(),
    betweenCells: new Set(),
    ran: new Map(),
    base: `${folder}/notebook.ts`,
    names: createNames(),
    resources: new Resources(),
  };
}
