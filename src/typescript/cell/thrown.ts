import type * as ast from "oxc-parser";
import { END } from "./awaits.ts";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { visit } from "./visit.ts";

/**
 * An error has a stack; where anything else is thrown the host is told of it: `throw $$thrown("no")`. Returns what closes the
 * calls: to be done behind edits that may close something of their own at the same place.
 */
export function noteThrown(program: ast.Program, code: string, edits: Edits): () => void {
  const ends: number[] = [];
  if (code.includes("throw"))
    visit(program, {
      ThrowStatement: ({ argument: { type, start, end } }) => {
        // A list would be several arguments.
        if (type === "SequenceExpression") return;
        edits.insert(start, `${HOST.thrown}(`);
        ends.push(end);
      },
    });
  return () => {
    for (const end of ends) edits.insert(end, END);
  };
}
