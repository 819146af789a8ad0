import type * as ast from "oxc-parser";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { visit } from "./visit.ts";

/** Where cells have names of their own, what an author catches is asked for the author's names in its message first. */
export function rewordCaught(program: ast.Program, code: string, edits: Edits): void {
  if (!code.includes("catch")) return;
  visit(program, {
    CatchClause: ({ param, body }) => {
      if (param?.type === "Identifier") edits.insert(body.start + 1, `${HOST.caught}(${param.name});`);
    },
  });
}
