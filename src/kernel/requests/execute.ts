import type { Cell, Outcome } from "../../interpreter/index.ts";
import type { ExecuteReply, ExecuteRequest, Routed } from "../../protocol/index.ts";
import { publish } from "../iopub.ts";
import { helpQuestion, page } from "../pager.ts";
import { fail, reply, whileBusy } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

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
    run: () => whileBusy(kernel, request, () => run(kernel, request).catch(error => fail(kernel, request, error))),
    abort: () => {
      const content: ExecuteReply = { status: "aborted", execution_count: kernel.executionCount };
      void whileBusy(kernel, request, async () => reply(kernel, request, "execute_reply", content));
    },
  });
}

async function run(kernel: Kernel, request: Request): Promise<void> {
  const { header, content } = (request.routed as Routed<Partial<ExecuteRequest>>).message;
  kernel.headers.rememberCell(header);
  const asked = withDefaults(content);
  const { silent, store_history } = asked;
  const code = String(asked.code);
  const stored = store_history && !silent;
  if (stored) kernel.executionCount++;
  const execution_count = kernel.executionCount;
  if (!silent) publish(kernel, "execute_input", { code, execution_count }, header);
  kernel.result = undefined;
  const question = helpQuestion(code);
  const answer = question
    ? await page(kernel, question, execution_count)
    : await runCell(kernel, request, toCell(header.msg_id, { ...asked, code }, execution_count));
  if (stored) kernel.history.add(execution_count, code, kernel.result ?? null);
  if (answer.status === "error" && asked.stop_on_error) await kernel.queue.stopTheRest();
  reply(kernel, request, "execute_reply", answer);
}

/** A front end may leave out a field, or send null for it. */
function withDefaults(content: Partial<ExecuteRequest>): ExecuteRequest {
  const sent = Object.entries(content).filter(([, value]) => value != null);
  return { ...DEFAULTS, ...Object.fromEntries(sent) };
}

function toCell(id: string, asked: ExecuteRequest, executionCount: number): Cell {
  const { code, silent, allow_stdin: allowStdin } = asked;
  // A front end may send null, which the protocol does not name and ipykernel takes.
  const userExpressions = asked.user_expressions ?? {};
  return { id, code, executionCount, silent, allowStdin, userExpressions };
}

async function runCell(kernel: Kernel, request: Request, cell: Cell): Promise<ExecuteReply> {
  if (cell.allowStdin) kernel.asking = { request };
  const outcome = await kernel.interpreter.execute(cell);
  kernel.asking = undefined;
  kernel.streams.flush();
  if (outcome.status === "error" && !cell.silent) publishError(kernel, outcome, request);
  return toReply(outcome, cell.executionCount);
}

function toReply(outcome: Outcome, execution_count: number): ExecuteReply {
  if (outcome.status === "error") return { ...outcome, execution_count };
  return { status: "ok", execution_count, payload: [], user_expressions: outcome.userExpressions };
}

function publishError(kernel: Kernel, outcome: Outcome & { status: "error" }, { routed }: Request): void {
  const { ename, evalue, traceback } = outcome;
  publish(kernel, "error", { ename, evalue, traceback }, routed.message.header);
}
