import { toOffset } from "../code_points.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Tells what is known of the name at the cursor (Shift-Tab). */
export async function inspect(kernel: Kernel, request: Request): Promise<void> {
  const {
    code = "",
    cursor_pos = 0,
    detail_level,
  } = request.routed.message.content as {
    code?: string;
    cursor_pos?: number;
    detail_level?: number;
  };
  const data = await kernel.interpreter.inspect(code, toOffset(code, cursor_pos), detail_level === 1 ? 1 : 0);
  const content = { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  reply(kernel, request, "inspect_reply", content);
}
