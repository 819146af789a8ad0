import { publish } from "../iopub.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Says goodbye to the asker and to everybody else, then leaves. The server starts a new process for a restart. */
export function shutdown(kernel: Kernel, request: Request): void {
  const { header, content } = request.routed.message;
  const goodbye = { status: "ok", restart: content.restart === true };
  reply(kernel, request, "shutdown_reply", goodbye);
  publish(kernel, "shutdown_reply", goodbye, header);
  // After the `idle` of this request, which is written when this handler returns.
  setImmediate(() => void kernel.leave());
}
