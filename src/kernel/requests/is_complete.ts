import type { IsCompleteReply } from "../../protocol/index.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Tells a console whether Enter runs the text or begins a new line. */
export async function isComplete(kernel: Kernel, request: Request): Promise<void> {
  const { code } = request.routed.message.content as { code?: string };
  const content: IsCompleteReply = await kernel.interpreter.isComplete(code ?? "");
  reply(kernel, request, "is_complete_reply", content);
}
