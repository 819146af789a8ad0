import type { Interpreter } from "../interpreter/index.ts";
import type { Connection, Header, Sender } from "../protocol/index.ts";
import type { CellQueue } from "./queue.ts";
import type { Sockets } from "./sockets.ts";
import type { Streams } from "./streams.ts";

/** All that a running kernel knows. Every function takes it, so several kernels can live in one process. */
export interface Kernel {
  readonly connection: Connection;
  readonly sender: Sender;
  readonly sockets: Sockets;
  readonly interpreter: Interpreter;
  readonly queue: CellQueue;
  readonly streams: Streams;
  /** Requests by id: an output that comes after its cell has ended still finds its parent. */
  readonly parents: Map<string, Header>;
  executionCount: number;
  /** Ends the kernel once; later calls wait for the same end. */
  leave: () => Promise<void>;
}
