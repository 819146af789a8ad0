import { decode, WireError } from "../protocol/index.ts";
import { type Request, whileBusy } from "./answer.ts";
import { commInfo } from "./comm_info.ts";
import { complete } from "./complete.ts";
import { execute } from "./execute.ts";
import { inspect } from "./inspect.ts";
import { interrupt } from "./interrupt.ts";
import { isComplete } from "./is_complete.ts";
import { kernelInfo } from "./kernel_info.ts";
import { shutdown } from "./shutdown.ts";
import type { Kernel } from "./state.ts";

type Handler = (kernel: Kernel, request: Request) => void | Promise<void>;

/** Answered at once, also while a cell runs. */
const HANDLERS: Record<string, Handler> = {
  kernel_info_request: kernelInfo,
  is_complete_request: isComplete,
  complete_request: complete,
  inspect_request: inspect,
  comm_info_request: commInfo,
  interrupt_request: interrupt,
  shutdown_request: shutdown,
};

/** Reads one channel for as long as the kernel lives. A message that is not ours is reported and dropped. */
export async function listen(kernel: Kernel, channel: Request["channel"]): Promise<void> {
  for await (const frames of kernel.sockets[channel]) {
    try {
      receive(kernel, { channel, routed: decode(kernel.connection.key, frames) });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(`Ignored a message on ${channel}: ${error.message}.`);
    }
  }
}

function receive(kernel: Kernel, request: Request): void {
  const { header } = request.routed.message;
  if (header.msg_type === "execute_request") {
    remember(kernel, request);
    execute(kernel, request);
    return;
  }
  const handler = HANDLERS[header.msg_type];
  if (handler === undefined) console.error(`Ignored a message of unknown type "${header.msg_type}".`);
  void whileBusy(kernel, request, async () => handler?.(kernel, request));
}

/** A late output is rarely more than a few cells late; ten thousand headers are about 3 MB. */
const REMEMBERED = 10_000;

function remember(kernel: Kernel, { routed }: Request): void {
  const { parents } = kernel;
  parents.set(routed.message.header.msg_id, routed.message.header);
  const oldest = parents.keys().next();
  if (parents.size > REMEMBERED && !oldest.done) parents.delete(oldest.value);
}
