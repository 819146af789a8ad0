import type * as ast from "oxc-parser";
import { Visitor } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { HOST } from "./modules.ts";

/** What stands around an `await`. The comment tells the bracket from the author's, so that it can be taken out again. */
export const RESUMED: string = `${HOST.resumed}(${HOST.paused}(),`;
export const END = "/**/)";

/**
 * Lets an interrupt end what awaits. V8 can stop code that runs, but a pending `await` would come back later and the
 * loop around it would go on; so each `await` of a cell asks on its return whether it was interrupted meanwhile.
 * (async_hooks could tell as well, but node aborts when code is stopped while its hook stack is not empty: tried.)
 */
export function guardAwaits(program: ast.Program, code: string, edits: Edits): void {
  if (!code.includes("await")) return;
  new Visitor({
    AwaitExpression: ({ start, end }) => {
      edits.insert(start, RESUMED);
      edits.insert(end, END);
    },
  }).visit(program);
}
