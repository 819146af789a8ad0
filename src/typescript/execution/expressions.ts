import type inspector from "node:inspector";
import type { UserExpression } from "../../interpreter/index.ts";
import { compile } from "../cell/compile.ts";
import { Object } from "../intrinsics.ts";
import { show } from "./show/result.ts";
import type { Execution } from "./state.ts";
import { failureOf } from "./traceback.ts";
import { takeValue } from "./values.ts";

type Evaluated = inspector.Runtime.EvaluateReturnType;
type Results = Record<string, UserExpression>;

/** Evaluates the expressions of a request one after another, each with a value or an error of its own. */
export function evaluateExpressions(
  execution: Execution,
  session: inspector.Session,
  expressions: Record<string, string>,
  done: (results: Results) => void,
): void {
  const results: Results = {};
  const names = Object.keys(expressions);
  const next = () => {
    const name = names.shift();
    if (name === undefined) return done(results);
    evaluate(execution, session, expressions[name] ?? "", result => {
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
  try {
    const expression = compile(text).code;
    session.post("Runtime.evaluate", { expression, replMode: true, awaitPromise: true }, (error, evaluated) => {
      if (error) return failed(error);
      const { result, exceptionDetails } = evaluated as Evaluated;
      if (exceptionDetails) return failed(exceptionDetails.exception && takeValue(session, exceptionDetails.exception));
      show(takeValue(session, result), data => take({ status: "ok", data, metadata: {} }), failed);
    });
  } catch (error) {
    failed(error);
  }
}
