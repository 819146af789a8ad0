import type { Interpreter } from "../interpreter/index.ts";
import type { Connection, Header, Received, Sender } from "../protocol/index.ts";
import type { RequestHeaders } from "./headers.ts";
import type { HistoryStore } from "./history/store.ts";
import type { CellQueue } from "./queue.ts";
import type { Asking } from "./request.ts";
import type { Sockets } from "./sockets.ts";
import type { Streams } from "./streams.ts";

/** A comm that is open: its target, and the cell that opened it where one did. */
export interface OpenComm {
  readonly target: string;
  readonly shownIn: Header | undefined;
}

/** All that a running kernel knows. Every function takes it, so several kernels can live in one process. */
export interface Kernel {
  readonly connection: Connection;
  readonly sender: Sender;
  readonly sockets: Sockets;
  readonly interpreter: Interpreter;
  readonly queue: CellQueue;
  readonly streams: Streams;
  readonly headers: RequestHeaders;
  /** Signatures of what was received: the same signed frames count once. */
  readonly received: Received;
  readonly history: HistoryStore;
  /** Open comms by their id. */
  readonly comms: Map<string, OpenComm>;
  executionCount: number;
  /** The text of the running cell's result, for the history. */
  result: string | undefined;
  /** Set while a cell runs whose front end takes questions. */
  asking: Asking | undefined;
  /** When `usage_request` was last answered, and the processor time by then (microseconds). */
  usageAsked: { time: number; processorMs: number };
  /** Ends the kernel once; later calls wait for the same end. */
  leave: () => Promise<void>;
}
