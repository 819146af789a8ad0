import type { Outcome } from "../interpreter/index.ts";
import type { ExecuteReply, ExecuteRequest, Routed } from "../protocol/index.ts";
import { type Request, reply, whileBusy } from "./answer.ts";
import { publish } from "./iopub.ts";
import type { Kernel } from "./state.ts";

const DEFAULTS: ExecuteRequest = {
  code: "",
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};

/** Puts the cell in line. Its `busy` comes when its turn comes, not now. */
export function execute(kernel: Kernel, request: Request): void {
  kernel.queue.add({
    run: stopTheRest => whileBusy(kernel, request, () => run(kernel, request, stopTheRest)),
    abort: () => {
      const content: ExecuteReply = { status: "aborted", execution_count: kernel.executionCount };
      void whileBusy(kernel, request, async () => reply(kernel, request, "execute_reply", content));
    },
  });
}

async function run(kernel: Kernel, request: Request, stopTheRest: () => Promise<void>): Promise<void> {
  const { header, content } = (request.routed as Routed<Partial<ExecuteRequest>>).message;
  const { code, silent, store_history, allow_stdin, stop_on_error } = { ...DEFAULTS, ...content };
  if (!silent && store_history) kernel.executionCount++;
  const execution_count = kernel.executionCount;
  if (!silent) publish(kernel, "execute_input", { code, execution_count }, header);
  const outcome = await kernel.interpreter.execute({
    id: header.msg_id,
    code,
    executionCount: execution_count,
    silent,
    allowStdin: allow_stdin,
  });
  kernel.streams.flush();
  if (outcome.status === "error" && !silent) publishError(kernel, outcome, header);
  const content_: ExecuteReply =
    outcome.status === "ok"
      ? { status: "ok", execution_count, payload: [], user_expressions: {} }
      : { ...outcome, execution_count };
  if (outcome.status === "error" && stop_on_error) await stopTheRest();
  reply(kernel, request, "execute_reply", content_);
}

function publishError(kernel: Kernel, outcome: Outcome & { status: "error" }, parent: Parameters<typeof publish>[3]) {
  const { ename, evalue, traceback } = outcome;
  publish(kernel, "error", { ename, evalue, traceback }, parent);
}
