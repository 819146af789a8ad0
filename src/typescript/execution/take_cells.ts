import inspector from "node:inspector";
import { Socket } from "node:net";
import { compile } from "../cell/compile.ts";
import { type Buffer, Object, process, type Uint8Array } from "../intrinsics.ts";
import { FD, type RequestMessage } from "../messages.ts";
import { FrameReader } from "../pipe_frames.ts";
import { provideQuestions } from "./ask.ts";
import { provideCellNames } from "./cell_names.ts";
import { createComms } from "./comms.ts";
import { provideConsole } from "./console.ts";
import { giveUp } from "./give_up.ts";
import { guarded } from "./guarded.ts";
import { hide } from "./hide.ts";
import { reportLateErrors } from "./late_errors.ts";
import { provideImports } from "./modules/importer.ts";
import { takeMethods } from "./replaced.ts";
import { runCell } from "./run.ts";
import { provideDisplay } from "./show/display.ts";
import { provideStacks } from "./stack.ts";
import { createExecution, type Execution } from "./state.ts";
import { provideStdin } from "./stdin.ts";
import { followChildren, holdAfterChildren } from "./stop/children.ts";
import { trackOwners } from "./stop/owners.ts";
import { FLUSH, type Over, type SideThread, type Started } from "./stop/side.ts";
import { provideStops } from "./stop/stop.ts";
import { sliceWaits } from "./stop/waits.ts";
import { captureStreams } from "./streams.ts";
import { inTurn } from "./turn.ts";
import { undisturbed } from "./undisturbed.ts";

/** Takes the cells of the front process for as long as this process lives. */
export function takeCells(side: SideThread): void {
  const execution = createExecution(process.cwd());
  const session = new inspector.Session();
  session.connect();
  // Its own, whatever a cell makes of the class.
  Object.assign(session, { post: session.post });

  captureStreams(execution);
  provideConsole();
  provideStacks(execution);
  sliceWaits();
  followChildren(pid => side.thread.postMessage({ pid, cell: execution.owner } satisfies Started));
  holdAfterChildren(side.asked, () => execution.events.flush());
  trackOwners(execution, session);
  provideImports(execution);
  provideCellNames(execution, session);
  execution.resources.provide();
  const comms = createComms(execution, session);
  provideDisplay(execution, comms);
  provideQuestions(execution);
  provideStdin(execution);
  reportLateErrors(execution);
  letSideThreadIn(execution, session, side);

  const take = (request: RequestMessage, buffers: readonly Uint8Array[]) => {
    execution.inHost = true;
    execution.taken++;
    if (request.type === "run") runCell(execution, session, request);
    else comms.receive(request, buffers);
    execution.inHost = false;
  };
  const reader = new FrameReader();
  const receive = (piece: Buffer) => {
    execution.inHost = true;
    // Each in a turn of its own: a cell that is stopped takes nothing along that came behind it.
    undisturbed(() => {
      for (const { head, buffers } of reader.push(piece))
        inTurn(guarded(() => take(head as unknown as RequestMessage, buffers), giveUp));
    });
    execution.inHost = false;
  };
  const requests = new Socket({ fd: FD.requests, readable: true, writable: false });
  // The start of the side thread needs turns of this one, so no cell may run before.
  void side.listening.then(() => requests.on("data", guarded(receive, giveUp)));

  // Otherwise node waits at its exit for the inspector to leave, and says so on stderr.
  process.on("exit", () => {
    execution.events.flush();
    session.disconnect();
  });
  execution.events.tell({ type: "ready" });
  // The parser loads what it needs at its first cell: both here, while the side thread is still on its way.
  compile("const first: number = 1;");
  takeMethods();
}

/** The side thread stops this one, and lets out text that is held back. */
function letSideThreadIn(execution: Execution, session: inspector.Session, { thread }: SideThread): void {
  provideStops(execution, session);
  hide(FLUSH, () => execution.events.flush());
  execution.stopIsOver = over => thread.postMessage({ over } satisfies Over);
  execution.events.askForFlush = () => thread.postMessage(FLUSH);
}
