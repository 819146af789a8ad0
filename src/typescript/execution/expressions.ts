import type inspector from "node:inspector";
import type { MimeBundle, UserExpression } from "../../interpreter/index.ts";
import { CellSyntaxError, compile } from "../cell/compile.ts";
import { type Error, JSON, Object, String } from "../intrinsics.ts";
import { isCutShort } from "./cut_short.ts";
import { guarded } from "./guarded.ts";
import { show } from "./show/result.ts";
import type { Execution } from "./state.ts";
import { failureOf, syntaxFailure } from "./traceback.ts";
import { insisted } from "./undisturbed.ts";
import { takeValue } from "./values.ts";

/** What the inspector holds for its client until that lets go of it: values of expressions. */
const GROUP = "user_expressions";

type Evaluated = inspector.Runtime.EvaluateReturnType;
type Results = Record<string, UserExpression>;

/** Evaluates the expressions of a request one after another, each with a value or an error of its own. */
export function evaluateExpressions(
  execution: Execution,
  session: inspector.Session,
  expressions: Record<string, string>,
  done: (results: Results) => void,
): void {
  const results = Object.create(null) as Results;
  const names = Object.keys(expressions);
  const next = () => {
    const name = names.shift();
    if (name === undefined) return done(results);
    evaluate(execution, session, String(expressions[name] ?? ""), result => {
      results[name] = result;
      next();
    });
  };
  next();
}

function evaluate(
  execution: Execution,
  session: inspector.Session,
  text: string,
  take: (result: UserExpression) => void,
): void {
  const failed = (error: unknown) => take(failureOf(execution, error));
  let hasResult = false;
  const evaluated = (error: Error | null, evaluated?: object) => {
    if (error !== null && isCutShort(error)) return;
    if (error) return failed(error);
    const { result, exceptionDetails } = evaluated as Evaluated;
    const value = takeValue(session, exceptionDetails?.exception ?? result);
    session.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    if (exceptionDetails) failed(value);
    else showValue(hasResult ? value : undefined, take);
  };
  try {
    const compiled = insisted(() => compile(text, execution.names));
    hasResult = compiled.hasResult;
    // With a name it is the author's on the stack, where a stop may end it.
    const expression = `${compiled.code}\n//# sourceURL=user_expression`;
    const options = { replMode: true, awaitPromise: true, objectGroup: GROUP };
    session.post("Runtime.evaluate", { expression, ...options }, guarded(evaluated, failed));
  } catch (error) {
    if (error instanceof CellSyntaxError) take(syntaxFailure(error, { label: "Expression", source: text }));
    else failed(error);
  }
}

function showValue(value: unknown, take: (result: UserExpression) => void): void {
  const tell = (data: MimeBundle) => {
    // Throws where it is no JSON: the other expressions, and the reply, must not fail by it.
    JSON.stringify(data);
    shown = data;
  };
  let shown: MimeBundle = {};
  const done = () => take({ status: "ok", data: shown, metadata: {} });
  const settled = show(value, { tell, note: () => {} });
  if (settled === undefined) done();
  else void settled.then(done);
}
