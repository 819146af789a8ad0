import { toCodePoints, toOffset } from "../code_points.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Offers what could stand at the cursor; front ends that know the experimental list draw icons and signatures. */
export async function complete(kernel: Kernel, request: Request): Promise<void> {
  const { code = "", cursor_pos } = request.routed.message.content as { code?: string; cursor_pos?: number };
  const offset = cursor_pos === undefined ? code.length : toOffset(code, cursor_pos);
  const completions = await kernel.interpreter.complete(code, offset);
  const start = toCodePoints(code, completions.start);
  const end = toCodePoints(code, completions.end);
  reply(kernel, request, "complete_reply", {
    status: "ok",
    matches: completions.matches.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: completions.matches.map(({ text, type = "", signature = "" }) => ({
        text,
        type,
        signature,
        start,
        end,
      })),
    },
  });
}
