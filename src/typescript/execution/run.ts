import type inspector from "node:inspector";
import type { Failure, MimeBundle } from "../../interpreter/index.ts";
import { CellSyntaxError, type Compiled, compile } from "../cell/compile.ts";
import type { RequestMessage } from "../messages.ts";
import { tell } from "./events.ts";
import { toBundle } from "./result.ts";
import type { Execution } from "./state.ts";
import { failureOf, interruption, syntaxFailure } from "./traceback.ts";
import { takeValue } from "./values.ts";

type Evaluated = inspector.Runtime.EvaluateReturnType;

/**
 * Runs one cell in V8's REPL mode. Callbacks, not promises: an interrupt ends all that is on the stack and drops the
 * microtasks that wait, and the cell must still be settled afterwards.
 */
export function runCell(execution: Execution, session: inspector.Session, request: RequestMessage): void {
  const { cell, code, count, silent } = request;
  const name = `cell:${execution.ran.size + 1}`;
  const label = count > 0 ? `Cell [${count}]` : "Cell";
  begin(execution, cell);
  let compiled: Compiled;
  try {
    compiled = compile(code);
  } catch (error) {
    const syntax = error instanceof CellSyntaxError;
    end(execution, cell, syntax ? syntaxFailure(error, { label, source: code }) : failureOf(execution, error));
    return;
  }
  execution.ran.set(name, { label, source: code, original: compiled.original });
  const expression = `${compiled.code}\n//# sourceURL=${name}`;
  session.post(
    "Runtime.evaluate",
    { expression, replMode: true, awaitPromise: true, generatePreview: false, objectGroup: name },
    (error, evaluated) => {
      if (execution.running?.id !== cell) return;
      if (error && isTermination(error)) execution.running.interrupt();
      else if (error) end(execution, cell, failureOf(execution, error));
      else finish(execution, session, evaluated as Evaluated, { cell, name, show: compiled.hasResult && !silent });
      session.post("Runtime.releaseObjectGroup", { objectGroup: name });
    },
  );
}

interface Finished {
  cell: string;
  name: string;
  show: boolean;
}

function finish(
  execution: Execution,
  session: inspector.Session,
  evaluated: Evaluated,
  { cell, name, show }: Finished,
) {
  const { exceptionDetails, result } = evaluated;
  if (exceptionDetails) {
    const { lineNumber, columnNumber, exception } = exceptionDetails;
    const at = { name, position: { line: lineNumber + 1, column: columnNumber + 1 } };
    end(execution, cell, failureOf(execution, exception && takeValue(session, exception), at));
    return;
  }
  if (!show || result.type === "undefined") return end(execution, cell);
  showResult(execution, cell, takeValue(session, result));
}

function showResult(execution: Execution, cell: string, value: unknown): void {
  const shown = (data: MimeBundle) => {
    if (execution.running?.id !== cell) return;
    tell({ type: "execute_result", cell, data, metadata: {} });
    end(execution, cell);
  };
  const failed = (error: unknown) => end(execution, cell, failureOf(execution, error));
  try {
    const bundle = toBundle(value);
    if (bundle instanceof Promise) bundle.then(shown, failed);
    else shown(bundle);
  } catch (error) {
    failed(error);
  }
}

function begin(execution: Execution, id: string): void {
  const aborter = new AbortController();
  execution.owner = id;
  execution.running = {
    id,
    aborter,
    interrupt: () => {
      execution.epoch++;
      aborter.abort(new Error("the cell was stopped"));
      end(execution, id, interruption());
    },
  };
}

function isTermination({ message }: Error): boolean {
  return /Execution was terminated/.test(message);
}

/** Tells the front process that the cell is done. Only the first end of a cell counts. */
function end(execution: Execution, cell: string, failure?: Failure): void {
  if (execution.running?.id !== cell) return;
  execution.running = undefined;
  tell({ type: "done", cell, ...(failure && { failure }) });
}
