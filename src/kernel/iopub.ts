import { createMessage, encode, type Header, type Json } from "../protocol/index.ts";
import type { Kernel } from "./state.ts";

/** Publishes one message to every front end, with the request that caused it as its parent. */
export function publish(
  kernel: Kernel,
  msg_type: string,
  content: unknown,
  parent?: Header,
  metadata: Json = {},
  buffers: readonly Uint8Array[] = [],
): void {
  const topic = Buffer.from(`kernel.${kernel.sender.session}.${msg_type}`);
  const message = createMessage(kernel.sender, msg_type, content, parent, metadata, buffers);
  kernel.sockets.writers.iopub.write(encode(kernel.connection.key, { identities: [topic], message }));
}

/** Greets each new subscriber, so that a client knows that it misses nothing from here on (JEP 65). */
export async function welcome(kernel: Kernel): Promise<void> {
  const { connection, sender, sockets } = kernel;
  for await (const [frame] of sockets.iopub) {
    if (frame?.[0] !== 1) continue;
    const subscription = frame.subarray(1);
    const message = createMessage(sender, "iopub_welcome", { subscription: subscription.toString() });
    sockets.writers.iopub.write(encode(connection.key, { identities: [subscription], message }));
  }
}
