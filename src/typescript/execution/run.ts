import type inspector from "node:inspector";
import type { Failure, UserExpression } from "../../interpreter/index.ts";
import { CellSyntaxError, type Compiled, compile } from "../cell/compile.ts";
import { interruption } from "../interruption.ts";
import { AbortController, type Error, Object } from "../intrinsics.ts";
import type { RunRequest } from "../messages.ts";
import { isCutShort } from "./cut_short.ts";
import { evaluateExpressions } from "./expressions.ts";
import { giveUp } from "./give_up.ts";
import { guarded } from "./guarded.ts";
import { leavesUnhandled, reportUnhandled } from "./late_errors.ts";
import { type Evaluate, evaluateWithResources } from "./resources.ts";
import { memory, restAfterCell } from "./rest.ts";
import { type Shown, show, shownAsText } from "./show/result.ts";
import type { Execution } from "./state.ts";
import { takeComingStop } from "./stop/coming.ts";
import { failureOf, syntaxFailure } from "./traceback.ts";
import { inTurn } from "./turn.ts";
import { insisted, undisturbed } from "./undisturbed.ts";
import { takeValue } from "./values.ts";

type Evaluated = inspector.Runtime.EvaluateReturnType;

/**
 * Runs one cell in V8's REPL mode. Callbacks, not promises: an interrupt ends all that is on the stack and drops the
 * microtasks that wait, and the cell must still be settled afterwards.
 */
export function runCell(execution: Execution, session: inspector.Session, request: RunRequest): void {
  const { cell, code, count, silent, userExpressions: expressions } = request;
  const name = `cell:${execution.ran.size + 1}`;
  const label = count > 0 ? `Cell [${count}]` : "Cell";
  begin(execution, request);
  execution.events.tell({ type: "began", cell });
  if (execution.stoppedBefore === cell) execution.running?.interrupt();
  let compiled: Compiled;
  try {
    compiled = insisted(() => compile(code, execution.names));
  } catch (error) {
    const failure = () =>
      error instanceof CellSyntaxError ? syntaxFailure(error, { label, source: code }) : failureOf(execution, error);
    end(execution, cell, undisturbed(failure));
    return;
  }
  // Stopped while it was compiled.
  if (execution.running?.id !== cell) return;
  const { original } = compiled;
  insisted(() => execution.ran.set(name, { label, source: code, original }));
  execution.inHost = false;
  const finished = { cell, name, expressions, show: compiled.hasResult && !silent };
  const evaluated = (error: Error | null, result?: object) => {
    if (error !== null && isCutShort(error)) return;
    takeComingStop(execution, session);
    if (error) end(execution, cell, failureOf(execution, error));
    else if (execution.running?.id === cell) finish(execution, session, result as Evaluated, finished);
    session.post("Runtime.releaseObjectGroup", { objectGroup: name });
  };
  const evaluate: Evaluate = compiled.hasResources
    ? evaluateWithResources(execution, session, () => execution.running?.id === cell)
    : (parameters, settled) => session.post("Runtime.evaluate", parameters, settled);
  evaluate(
    {
      expression: `${compiled.code}\n//# sourceURL=${name}`,
      replMode: true,
      awaitPromise: true,
      generatePreview: false,
      objectGroup: name,
    },
    guarded(evaluated, error => end(execution, cell, failureOf(execution, error))),
  );
  takeComingStop(execution, session);
}

interface Finished {
  cell: string;
  name: string;
  show: boolean;
  expressions: Record<string, string>;
}

function finish(execution: Execution, session: inspector.Session, evaluated: Evaluated, finished: Finished): void {
  const { cell, name, expressions } = finished;
  const { exceptionDetails, result } = evaluated;
  if (exceptionDetails) {
    const { lineNumber, columnNumber, exception, scriptId } = exceptionDetails;
    // What V8 could not compile has a place; for what was thrown it says line 0.
    const at =
      scriptId === undefined ? undefined : { name, position: { line: lineNumber + 1, column: columnNumber + 1 } };
    end(execution, cell, failureOf(execution, exception && takeValue(session, exception), at));
    return;
  }
  const ended = () => endWell(execution, session, cell, expressions);
  if (!finished.show || result.type === "undefined") {
    ended();
    return;
  }
  const failed = (error: unknown) => end(execution, cell, failureOf(execution, error));
  const settled = show(takeValue(session, result), shownAsResult(execution, cell));
  if (settled === undefined) ended();
  else void settled.then(guarded(ended, failed), failed);
}

function shownAsResult(execution: Execution, cell: string): Shown {
  const isRunning = () => execution.running?.id === cell;
  return {
    tell: data => {
      if (isRunning()) execution.events.tell({ type: "execute_result", cell, data, metadata: {} });
    },
    note: why => {
      if (isRunning()) execution.events.print(cell, "stderr", shownAsText(why));
    },
  };
}

function endWell(
  execution: Execution,
  session: inspector.Session,
  cell: string,
  expressions: Record<string, string>,
): void {
  if (Object.keys(expressions ?? {}).length === 0) end(execution, cell);
  else evaluateExpressions(execution, session, expressions, results => end(execution, cell, undefined, results));
}

function begin(execution: Execution, { cell, allowStdin }: RunRequest): void {
  const aborter = new AbortController();
  execution.begin(cell);
  execution.thrown = [];
  execution.running = {
    id: cell,
    allowStdin,
    aborter,
    interrupt: () => {
      insisted(() => execution.stopped.add(cell));
      tellEnd(execution, cell, interruption());
    },
  };
}

/** What ends between the promise of a stop and the stop itself is stopped all the same. */
function end(execution: Execution, cell: string, failure?: Failure, results?: Record<string, UserExpression>): void {
  const tell = () => {
    if (!insisted(() => execution.stopped.has(cell))) tellEnd(execution, cell, failure, results);
  };
  // What the cell handled last is known to be handled a turn later.
  if (insisted(() => leavesUnhandled(execution, cell))) inTurn(tell);
  else tell();
}

/** Tells the front process that the cell is done. Only the first end of a cell counts. */
function tellEnd(
  execution: Execution,
  cell: string,
  failure?: Failure,
  userExpressions: Record<string, UserExpression> = {},
): void {
  if (execution.running?.id !== cell) return;
  insisted(() => reportUnhandled(execution, cell));
  const { inHost } = execution;
  execution.inHost = true;
  // First: an interrupt that comes as soon as the end is known is for what the cell has left, and not for the cell.
  execution.running = undefined;
  const tell = () =>
    execution.events.tell({ type: "done", cell, memory: memory(), ...(failure ? { failure } : { userExpressions }) });
  guarded(tell, giveUp)();
  restAfterCell(execution);
  execution.inHost = inHost;
}
