import type inspector from "node:inspector";
import type { MimeBundle, UserExpression } from "../../interpreter/index.ts";
import { compile } from "../cell/compile.ts";
import { type Error, JSON, Object, String } from "../intrinsics.ts";
import { guarded } from "./guarded.ts";
import { show } from "./show/result.ts";
import type { Execution } from "./state.ts";
import { failureOf } from "./traceback.ts";
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
  const evaluated = (error: Error | null, evaluated?: object) => {
    if (error) return failed(error);
    const { result, exceptionDetails } = evaluated as Evaluated;
    const value = takeValue(session, exceptionDetails?.exception ?? result);
    session.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    if (exceptionDetails) failed(value);
    else showValue(value, take);
  };
  try {
    const expression = insisted(() => compile(text, execution.names)).code;
    const options = { replMode: true, awaitPromise: true, objectGroup: GROUP };
    session.post("Runtime.evaluate", { expression, ...options }, guarded(evaluated, failed));
  } catch (error) {
    failed(error);
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
