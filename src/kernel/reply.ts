import { createMessage, encode } from "../protocol/index.ts";
import { publish } from "./iopub.ts";
import type { Request } from "./request.ts";
import type { Kernel } from "./state.ts";

/** The one place that says `busy` and `idle`: around the work of a request, whatever becomes of it. */
export async function whileBusy<Result>(
  kernel: Kernel,
  { routed: { message } }: Request,
  work: () => Promise<Result>,
): Promise<Result> {
  publish(kernel, "status", { execution_state: "busy" }, message.header);
  try {
    return await work();
  } finally {
    kernel.streams.flush();
    publish(kernel, "status", { execution_state: "idle" }, message.header);
  }
}

/** Answers `request` on the channel it came by. */
export function reply(kernel: Kernel, { channel, routed }: Request, msg_type: string, content: unknown): void {
  const message = createMessage(kernel.sender, msg_type, content, routed.message.header);
  const frames = encode(kernel.connection.key, { identities: routed.identities, message });
  kernel.sockets.writers[channel].write(frames);
}

/** A request of the wrong shape, or a fault of ours: its sender hears of it, and the kernel lives on. */
export function fail(kernel: Kernel, request: Request, error: unknown): void {
  const { msg_type } = request.routed.message.header;
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  console.error(`A ${msg_type} failed: ${stack || message}`);
  if (!msg_type.endsWith("_request")) return;
  const content = { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
  reply(kernel, request, msg_type.replace(/request$/, "reply"), content);
}
