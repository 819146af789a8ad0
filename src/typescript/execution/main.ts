/** Entry of the execution process: user code runs on this thread, everything else is elsewhere. */
import inspector from "node:inspector";
import { Socket } from "node:net";
import { setImmediate } from "node:timers";
import { type Buffer, process, type Uint8Array } from "../intrinsics.ts";
import { FD, type RequestMessage } from "../messages.ts";
import { FrameReader } from "../pipe_frames.ts";
import { provideQuestions } from "./ask.ts";
import { provideCellNames } from "./cell_names.ts";
import { createComms } from "./comms.ts";
import { provideConsole } from "./console.ts";
import { provideImports } from "./modules/importer.ts";
import { runCell } from "./run.ts";
import { provideDisplay } from "./show/display.ts";
import { provideStacks } from "./stack.ts";
import { createExecution } from "./state.ts";
import { markChildren } from "./stop/children.ts";
import { trackOwners } from "./stop/owners.ts";
import { startSideThread } from "./stop/side.ts";
import { sliceWaits } from "./stop/waits.ts";
import { captureStreams } from "./streams.ts";
import { failureOf } from "./traceback.ts";

const execution = createExecution(process.cwd());
const session = new inspector.Session();
session.connect();

captureStreams(execution);
provideConsole();
provideStacks(execution);
sliceWaits();
markChildren();
trackOwners(execution, session);
provideImports(execution);
provideCellNames(execution, session);
execution.resources.provide();
const comms = createComms(execution, session);
provideDisplay(execution, comms);
provideQuestions(execution);

// What fails after its cell has ended is shown in that cell, and the process lives.
const report = (error: unknown) =>
  execution.events.tell({ type: "error", cell: execution.owner, failure: failureOf(execution, error) });
process.on("uncaughtException", report);
process.on("unhandledRejection", report);

function take(request: RequestMessage, buffers: readonly Uint8Array[]): void {
  execution.inHost = true;
  if (request.type === "run") runCell(execution, session, request);
  else comms.receive(request, buffers);
  execution.inHost = false;
}

const reader = new FrameReader();
const requests = new Socket({ fd: FD.requests, readable: true, writable: false });
startSideThread(execution, () => requests.on("data", receive));

function receive(piece: Buffer): void {
  execution.inHost = true;
  // Each in a turn of its own: a cell that is stopped takes nothing along that came behind it.
  for (const { head, buffers } of reader.push(piece)) setImmediate(take, head as unknown as RequestMessage, buffers);
  execution.inHost = false;
}

// Otherwise node waits at its exit for the inspector to leave, and says so on stderr.
process.on("exit", () => {
  execution.events.flush();
  session.disconnect();
});
execution.events.tell({ type: "ready" });
