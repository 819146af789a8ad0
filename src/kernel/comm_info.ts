import { type Request, reply } from "./answer.ts";
import type { Kernel } from "./state.ts";

/** No comm is ever open yet, so the list is empty. Front ends ask at each connection. */
export function commInfo(kernel: Kernel, request: Request): void {
  reply(kernel, request, "comm_info_reply", { status: "ok", comms: {} });
}
