import type * as ast from "oxc-parser";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { visit } from "./visit.ts";

/** What an author catches is told to the host: its message gets the author's names, and it is thrown no more. */
export function tellCaught(program: ast.Program, code: string, edits: Edits): void {
  if (!code.includes("catch")) return;
  visit(program, {
    CatchClause: ({ param, body }) => {
      if (param === null || param.type === "Identifier")
        edits.insert(body.start + 1, `${HOST.caught}(${param?.name ?? ""});`);
    },
  });
}
