import { setTimeout as delay } from "node:timers/promises";
import { createMessage, decode, encode, WireError } from "../protocol/index.ts";
import type { Sockets } from "./sockets.ts";
import type { Kernel } from "./state.ts";

/** How often a front end is looked for whose stdin is not there yet. */
const LOOK_MS = 20;

/** Asks the front end that sent the running cell. Nothing comes back where it takes no questions. */
export function askInput(kernel: Kernel, prompt: string, password: boolean): Promise<string | undefined> {
  const { asking } = kernel;
  if (asking === undefined || asking.stopped) return Promise.resolve(undefined);
  kernel.streams.flush();
  const { identities, message } = asking.request.routed;
  const request = createMessage(kernel.sender, "input_request", { prompt, password }, message.header);
  const id = request.header.msg_id;
  return new Promise(resolve => {
    const answer = (value: string | undefined) => {
      delete asking.question;
      resolve(value);
    };
    asking.question = { id, answer };
    const frames = encode(kernel.connection.key, { identities, message: request });
    put(kernel.sockets, frames, () => asking.question?.id === id).catch(error => {
      console.error("A question could not be sent:", error);
      answer(undefined);
    });
  });
}

/**
 * Puts a question to its front end. One whose stdin connects later than its shell (ZeroMQ tries again after 100 to 200 ms)
 * has nobody there to take it: then it waits, for as long as its cell does.
 */
async function put({ stdin }: Sockets, frames: Uint8Array[], isWanted: () => boolean): Promise<void> {
  while (isWanted() && !stdin.closed) {
    try {
      await stdin.send(frames);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EHOSTUNREACH") throw error;
      await delay(LOOK_MS);
    }
  }
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
