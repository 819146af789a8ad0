import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Tells the ports, for a client that has only one of them. */
export function connect(kernel: Kernel, request: Request): void {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.connection;
  reply(kernel, request, "connect_reply", {
    status: "ok",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
  });
}
