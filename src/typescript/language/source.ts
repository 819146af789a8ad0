import { parseSync } from "oxc-parser";
import { declarationsOf } from "./declarations.ts";

/** The statement of a cell that declares `name`. */
export function statementOf(text: string, name: string): string | undefined {
  const { program } = parseSync("cell.ts", text, { lang: "ts", sourceType: "module" });
  const statement = program.body.findLast(each =>
    declarationsOf({ ...program, body: [each] }).some(declared => declared.name === name),
  );
  return statement && text.slice(statement.start, statement.end);
}
