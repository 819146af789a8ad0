import { withdrawQuestion } from "../input.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Stops the running cell, also where a signal asks for it; a question that waits is withdrawn. */
export function stopRunning(kernel: Kernel): void {
  kernel.interpreter.interrupt();
  withdrawQuestion(kernel);
}

/** The answer says that the stop was asked for, the cell's own reply says that it stopped. */
export function interrupt(kernel: Kernel, request: Request): void {
  stopRunning(kernel);
  reply(kernel, request, "interrupt_reply", { status: "ok" });
}
