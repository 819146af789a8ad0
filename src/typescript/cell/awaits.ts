import type * as ast from "oxc-parser";
import { Visitor } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { HOST } from "./modules.ts";

/**
 * Lets an interrupt end what awaits. V8 can stop code that runs, but a pending `await` would come back later and the
 * loop around it would go on; so each `await` of a cell asks on its return whether it was interrupted meanwhile.
 * (async_hooks could tell as well, but node aborts when code is stopped while its hook stack is not empty: tried.)
 */
export function guardAwaits(program: ast.Program, edits: Edits): void {
  new Visitor({
    AwaitExpression: ({ start, end }) => {
      edits.insert(start, `${HOST.resumed}(${HOST.paused}(),`);
      edits.insert(end, ")");
    },
  }).visit(program);
}
