/** The thread that talks to boxes, so that the thread of the tests can wait for an answer within a call. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { Frame } from "../box/frames.ts";
import { CALLBACKS, REQUESTS } from "../box/messages.ts";
import type { Layers } from "../sandbox/layers.ts";
import type { Box, Outcome } from "./box.ts";
import { startBox } from "./start_box.ts";

/** What the thread of the tests asks. */
export type Order =
  | { order: "fresh" }
  | { order: "ask"; frame: Frame; limit: number; callback: boolean }
  /** The box has broken the rules. */
  | { order: "drop" }
  | { order: "end" };

/** What it gets: the frame or the end, and what the box has printed; or that this thread itself has failed. */
export type Report = (Outcome & { printed: string }) | { failed: string };

interface Given {
  port: MessagePort;
  flag: Int32Array;
  layers: Layers;
}

/** A box that has not started within this time, ms, was not started by the grader. */
const START_LIMIT = 60_000;

const { port, flag, layers } = workerData as Given;
let box: Box | undefined;

async function fresh(): Promise<Outcome> {
  box?.end("the grader has done with it");
  box = startBox(layers);
  return await box.ask(undefined, START_LIMIT);
}

async function follow(order: Order): Promise<Outcome> {
  switch (order.order) {
    case "fresh":
      return await fresh();
    case "ask":
      return (await box?.ask(order.frame, order.limit, order.callback ? CALLBACKS : REQUESTS)) ?? { ended: "no box" };
    case "drop":
      box?.end("it broke the rules of the pipe");
      return { ended: "" };
    case "end":
      box?.end("the grader has done with it");
      return { ended: "" };
  }
}

/** Whatever happens the other thread gets an answer: it waits, and would wait for ever. */
async function report(order: Order): Promise<Report> {
  try {
    return { ...(await follow(order)), printed: box?.printed ?? "" };
  } catch (error) {
    return { failed: (error as Error).stack ?? String(error) };
  }
}

port.on("message", async (order: Order) => {
  port.postMessage(await report(order));
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  if (order.order === "end") port.close();
});
