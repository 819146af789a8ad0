import { randomUUID } from "node:crypto";
import type { Interpreter } from "../interpreter/index.ts";
import { type Connection, Received } from "../protocol/index.ts";
import { listen } from "./dispatch.ts";
import { RequestHeaders } from "./headers.ts";
import { beat } from "./heartbeat.ts";
import { HistoryStore } from "./history/store.ts";
import { askInput, listenForAnswers } from "./input.ts";
import { publish, welcome } from "./iopub.ts";
import { publishOutput } from "./outputs.ts";
import { CellQueue } from "./queue.ts";
import { closeComms } from "./requests/comms.ts";
import { bindSockets, closeSockets } from "./sockets.ts";
import type { Kernel } from "./state.ts";
import { Streams } from "./streams.ts";

export interface KernelOptions {
  /** Where cells are remembered between sessions; without it the history lives as long as the kernel. */
  historyFolder?: string | undefined;
}

/** Starts a kernel of `interpreter` on the sockets of `connection`; `gone` settles when it has left. */
export async function startKernel(
  connection: Connection,
  interpreter: Interpreter,
  options: KernelOptions = {},
): Promise<{ kernel: Kernel; gone: Promise<void> }> {
  const sockets = await bindSockets(connection, error => console.error("A message could not be sent:", error));
  const { promise: gone, resolve: tell } = withResolvers();
  let leaving: Promise<void> | undefined;
  const kernel: Kernel = {
    connection,
    sender: { session: randomUUID(), username: "kernel", newId: randomUUID },
    sockets,
    interpreter,
    queue: new CellQueue(),
    streams: new Streams((cellId, content) => publish(kernel, "stream", content, kernel.headers.ofOutput(cellId))),
    headers: new RequestHeaders(),
    received: new Received(),
    history: new HistoryStore(options.historyFolder),
    comms: new Map(),
    executionCount: 0,
    result: undefined,
    asking: undefined,
    usageAsked: { time: performance.now(), processorMs: 0 },
    leave: () => {
      leaving ??= leave(kernel).then(tell);
      return leaving;
    },
  };
  interpreter.start({
    output: (cellId, output) => publishOutput(kernel, cellId, output),
    lost: cellId => closeComms(kernel, cellId),
    input: (_cellId, prompt, password) => askInput(kernel, prompt, password),
  });
  const channels = [listen(kernel, "shell"), listen(kernel, "control"), listenForAnswers(kernel)];
  for (const loop of [beat(sockets), welcome(kernel), ...channels]) loop.catch(error => endOfLoop(kernel, error));
  publish(kernel, "status", { execution_state: "starting" });
  return { kernel, gone };
}

async function leave(kernel: Kernel): Promise<void> {
  await kernel.interpreter.stop();
  kernel.streams.flush();
  await closeSockets(kernel.sockets);
}

/** A loop ends when its socket is closed (EAGAIN from zeromq.js on close is that); anything else ends the kernel. */
function endOfLoop(kernel: Kernel, error: unknown): void {
  console.error("The kernel leaves because a socket failed:", error);
  void kernel.leave();
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}
