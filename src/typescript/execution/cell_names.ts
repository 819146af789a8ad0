import type inspector from "node:inspector";
import { dirname } from "node:path";
import { types } from "node:util";
import { evaluable } from "../cell/evals.ts";
import { HOST } from "../cell/host_names.ts";
import { marked } from "../cell/names.ts";
import { authorsText } from "../cell/source_text.ts";
import { Error, type Function, Object, Proxy, Reflect, realm } from "../intrinsics.ts";
import { hide } from "./hide.ts";
import { rewordMessage } from "./stack.ts";
import type { Execution } from "./state.ts";
import { undisturbed } from "./undisturbed.ts";

/** Of what was thrown and not caught in the cell itself. */
const MOST_THROWN = 16;

/** What compiled cells call for their names, so that everybody who asks hears the author's. */
export function provideCellNames(execution: Execution, session: inspector.Session): void {
  const { base, names } = execution;
  hide(HOST.named, (name: string, value: Function) => Object.defineProperty(value, "name", { value: name }));
  hide(HOST.caught, (...caught: unknown[]) => {
    undisturbed(() => {
      if (types.isNativeError(caught[0])) rewordMessage(caught[0]);
      const { thrown } = execution;
      const at =
        caught.length === 0 ? thrown.length - 1 : thrown.findLastIndex(({ value }) => Object.is(value, caught[0]));
      if (at >= 0) thrown.splice(at, 1);
    });
  });
  hide(HOST.thrown, (value: unknown) => {
    // Its stack is only read where the cell ends by it.
    if (!types.isNativeError(value)) {
      const { thrown } = execution;
      thrown[thrown.length] = { value, at: new Error() };
      if (thrown.length > MOST_THROWN) undisturbed(() => thrown.shift());
    }
    return value;
  });
  hide(HOST.evaluable, (around: string[], text: unknown) => undisturbed(() => evaluable(text, around, names)));
  provideModuleNames(base);
  showAuthorsText();
  names.isSet = name => {
    let isSet = false;
    session.post("Runtime.evaluate", { expression: `void ${name}`, silent: true }, (error, evaluated) => {
      isSet = !error && !(evaluated as inspector.Runtime.EvaluateReturnType).exceptionDetails;
    });
    return isSet;
  };
}

/**
 * `module`, `__dirname` and their like, as in a file of the notebook's folder; libraries do not see them. A notebook is
 * what runs, so `require.main === module`.
 */
function provideModuleNames(base: string): void {
  const module = { id: ".", filename: base, path: dirname(base), exports: {}, children: [], paths: [], loaded: false };
  Object.assign(realm.require, { main: module });
  const values = { module, exports: module.exports, __filename: base, __dirname: dirname(base) };
  for (const [name, value] of Object.entries(values)) hide(marked(name), value);
}

/** `String(f)` is what the author wrote. */
function showAuthorsText(): void {
  const { prototype } = realm.Function;
  const plain = prototype.toString;
  const value = new Proxy(plain, {
    apply: (_, self) => {
      const text = Reflect.apply(plain, self, []);
      return undisturbed(() => authorsText(text));
    },
  });
  Object.defineProperty(prototype, "toString", { value, writable: true, configurable: true, enumerable: false });
}
