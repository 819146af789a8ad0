import { createMessage, decode, encode, WireError } from "../protocol/index.ts";
import type { Kernel } from "./state.ts";

/** Asks the front end that sent the running cell. Nothing comes back where it takes no questions. */
export function askInput(kernel: Kernel, prompt: string, password: boolean): Promise<string | undefined> {
  const { asking } = kernel;
  if (asking === undefined || asking.stopped) return Promise.resolve(undefined);
  kernel.streams.flush();
  const { identities, message } = asking.request.routed;
  const request = createMessage(kernel.sender, "input_request", { prompt, password }, message.header);
  kernel.sockets.writers.stdin.write(encode(kernel.connection.key, { identities, message: request }));
  return new Promise(resolve => {
    const answer = (value: string | undefined) => {
      delete asking.question;
      resolve(value);
    };
    asking.question = { id: request.header.msg_id, answer };
  });
}

/** Ends the question that waits, and any that is on its way: a cell which was stopped is not held by it. */
export function withdrawQuestion({ asking }: Kernel): void {
  if (asking === undefined) return;
  asking.stopped = true;
  asking.question?.answer(undefined);
}

/** Reads the answers for as long as the kernel lives. */
export async function listenForAnswers(kernel: Kernel): Promise<void> {
  for await (const frames of kernel.sockets.stdin) {
    try {
      const { header, parent_header, content } = decode(kernel.connection.key, frames, kernel.received).message;
      const question = kernel.asking?.question;
      if (header.msg_type !== "input_reply" || question === undefined) continue;
      // An answer to an earlier question, which was withdrawn meanwhile. Consoles (jupyter_client) name no question.
      if (parent_header.msg_id !== undefined && parent_header.msg_id !== question.id) continue;
      question.answer(String(content.value ?? ""));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(`Ignored a message on stdin: ${error.message}.`);
    }
  }
}
