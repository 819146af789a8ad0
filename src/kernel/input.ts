import { createMessage, decode, encode, WireError } from "../protocol/index.ts";
import type { Kernel } from "./state.ts";

/** Asks the front end that sent the running cell. Nothing comes back where it takes no questions. */
export function askInput(kernel: Kernel, prompt: string, password: boolean): Promise<string | undefined> {
  const { asking } = kernel;
  if (asking === undefined) return Promise.resolve(undefined);
  kernel.streams.flush();
  const { identities, message } = asking.request.routed;
  const request = createMessage(kernel.sender, "input_request", { prompt, password }, message.header);
  kernel.sockets.writers.stdin.write(encode(kernel.connection.key, { identities, message: request }));
  return new Promise(resolve => {
    asking.answer = resolve;
  });
}

/** Ends the question that waits, so that a cell which was stopped is not held by it. */
export function withdrawQuestion({ asking }: Kernel): void {
  asking?.answer?.(undefined);
}

/** Reads the answers for as long as the kernel lives. */
export async function listenForAnswers(kernel: Kernel): Promise<void> {
  for await (const frames of kernel.sockets.stdin) {
    try {
      const { header, content } = decode(kernel.connection.key, frames).message;
      if (header.msg_type === "input_reply") kernel.asking?.answer?.(String(content.value ?? ""));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(`Ignored a message on stdin: ${error.message}.`);
    }
  }
}
