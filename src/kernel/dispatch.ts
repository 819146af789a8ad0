import { decode, WireError } from "../protocol/index.ts";
import { fail, whileBusy } from "./reply.ts";
import type { Request } from "./request.ts";
import { commInfo, receiveComm } from "./requests/comms.ts";
import { complete } from "./requests/complete.ts";
import { connect } from "./requests/connect.ts";
import { execute } from "./requests/execute.ts";
import { history } from "./requests/history.ts";
import { inspect } from "./requests/inspect.ts";
import { interrupt } from "./requests/interrupt.ts";
import { isComplete } from "./requests/is_complete.ts";
import { kernelInfo } from "./requests/kernel_info.ts";
import { shutdown } from "./requests/shutdown.ts";
import { usage } from "./requests/usage.ts";
import type { Kernel } from "./state.ts";

type Handler = (kernel: Kernel, request: Request) => void | Promise<void>;

/** Answered at once, also while a cell runs. */
const HANDLERS = new Map<string, Handler>(
  Object.entries({
    kernel_info_request: kernelInfo,
    is_complete_request: isComplete,
    complete_request: complete,
    inspect_request: inspect,
    comm_info_request: commInfo,
    comm_open: receiveComm,
    comm_msg: receiveComm,
    comm_close: receiveComm,
    history_request: history,
    usage_request: usage,
    connect_request: connect,
    interrupt_request: interrupt,
    shutdown_request: shutdown,
  }),
);

/** Reads one channel for as long as the kernel lives. A message that is not ours is reported and dropped. */
export async function listen(kernel: Kernel, channel: Request["channel"]): Promise<void> {
  for await (const frames of kernel.sockets[channel]) {
    try {
      receive(kernel, { channel, routed: decode(kernel.connection.key, frames, kernel.received) });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(`Ignored a message on ${channel}: ${error.message}.`);
    }
  }
}

function receive(kernel: Kernel, request: Request): void {
  const { header } = request.routed.message;
  if (header.msg_type === "execute_request") {
    execute(kernel, request);
    return;
  }
  const handler = HANDLERS.get(header.msg_type);
  if (handler === undefined) console.error(`Ignored a message of unknown type "${header.msg_type}".`);
  void whileBusy(kernel, request, async () => {
    await attempt(handler, kernel, request).catch(error => fail(kernel, request, error));
  });
}

async function attempt(handler: Handler | undefined, kernel: Kernel, request: Request): Promise<void> {
  await handler?.(kernel, request);
}
