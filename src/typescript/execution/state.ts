import type { Compiled } from "../cell/compile.ts";
import { createNames, type Names } from "../cell/names.ts";
import { type AbortController, type Error, Map, type Promise, Set } from "../intrinsics.ts";
import { followCauses } from "./causes.ts";
import { Events } from "./events.ts";
import type { Unhandled } from "./late_errors.ts";
import { Resources } from "./resources.ts";
import { createHookStack, type HookStack } from "./stop/hook_stack.ts";

/** As many comm messages as the front process remembers. */
const REMEMBERED = 1000;

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

/** A comm message that is being handled; only its first end counts. */
export interface Handling {
  end: (wasStopped: boolean) => void;
}

/** A line of work: what a timer, an `await` or a callback belongs to. */
export interface Line {
  readonly cell: string;
  /** How often everything in the background had been stopped when it began. */
  readonly epoch: number;
}

/**
 * Where a stop stands. `none`; `coming`: the side thread was told to terminate, and that has not happened yet;
 * `settling`: the cell is over, and says so once the main thread is back in its event loop.
 */
export type Stop = "none" | "coming" | "settling";

/** All that the execution process knows. */
export interface Execution {
  readonly events: Events;
  /** The cell that output belongs to: the one that caused the code that runs, and without one the latest. */
  owner: string;
  /** The message below which the owner's output appears: the cell that made the widget whose handler runs. */
  readonly parent: string;
  /** Notes that output of the comm message `request` appears below a cell. */
  showIn(request: string, cell: string): void;
  /** The cell that made a promise. */
  makerOf(promise: object): string;
  /** Makes a cell the cause of what runs from here on. */
  begin(cell: string): void;
  /** Puts in order what a termination left behind. */
  recover(): void;
  running: Running | undefined;
  /** The comm message whose handler is on the stack. */
  handling: Handling | undefined;
  /** The handler that the coming termination is for. */
  hit: Handling | undefined;
  /** A cell that was stopped before it began. */
  stoppedBefore: string | undefined;
  /** Whether the kernel's own code runs, which a stop must not end. */
  inHost: boolean;
  /** What was thrown last and is no error, with an error that was made there; what was caught is not among them. */
  thrown: { value: unknown; at: Error }[];
  stop: Stop;
  /** How many requests were taken. */
  taken: number;
  /** Tells the side thread that a stop is over; set once the side thread is there. */
  stopIsOver: (cell: string) => void;
  /** Cells that were stopped: their timers do not fire, their awaits and callbacks do not come back. */
  readonly stopped: Set<string>;
  /** Promises of the running cell that have rejected and that it has not handled so far. */
  readonly unhandled: Map<Promise<unknown>, Unhandled>;
  /** What a library wants to be called for after each cell. */
  readonly betweenCells: Set<() => void>;
  /** What is to be called behind each termination. */
  readonly terminated: (() => void)[];
  /** Goes up when everything that ended cells have left running is stopped. */
  epoch: number;
  /** Timers that have not fired. */
  readonly timers: Set<object>;
  /** By script name, `cell:1` for the first cell that ran. */
  readonly ran: Map<string, Ran>;
  /** Where the cell's imports are resolved from: a file name in the notebook's folder. */
  readonly base: string;
  /** The names of globals that the cells have taken for themselves. */
  readonly names: Names;
  readonly resources: Resources;
  readonly hookStack: HookStack;
}

export function createExecution(folder: string): Execution {
  const causes = followCauses();
  const parents = new Map<string, string>();
  let latest = "";
  return {
    events: new Events(),
    get owner() {
      return causes.current() || latest;
    },
    set owner(cell) {
      causes.enter(cell);
    },
    get parent() {
      const owner = causes.current() || latest;
      return parents.get(owner) ?? owner;
    },
    showIn(request, cell) {
      parents.set(request, cell);
      const oldest = parents.keys().next();
      if (parents.size > REMEMBERED && !oldest.done) parents.delete(oldest.value);
    },
    makerOf: promise => causes.of(promise) || latest,
    begin(cell) {
      latest = cell;
      causes.enter(cell);
    },
    recover: causes.recover,
    running: undefined,
    handling: undefined,
    hit: undefined,
    stoppedBefore: undefined,
    inHost: false,
    thrown: [],
    stop: "none",
    taken: 0,
    stopIsOver: () => {},
    stopped: new Set(),
    unhandled: new Map(),
    betweenCells: new Set(),
    terminated: [],
    epoch: 0,
    timers: new Set(),
    ran: new Map(),
    base: `${folder}/notebook.ts`,
    names: createNames(),
    resources: new Resources(),
    hookStack: createHookStack(),
  };
}
