import type * as ast from "oxc-parser";
import { parseSync } from "oxc-parser";
import { JSON, Map, Set } from "../intrinsics.ts";
import { END } from "./awaits.ts";
import { declaredBy, declaredNames, findVars } from "./bindings.ts";
import { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { mentioned, type Names, ownName } from "./names.ts";
import { childrenOf, declaredIn, type Node, renameTopLevel } from "./scopes.ts";

/**
 * A direct `eval` sees what the code around it sees, so the names in its text are compiled as well: where it runs, since
 * only then the text is there. It is given the names that inner scopes have around it.
 */
export function prepareEvals(program: ast.Program, code: string, edits: Edits): void {
  if (!code.includes("eval")) return;
  const walk = (node: Node, around: ReadonlySet<string>) => {
    const names = declaredIn(node as unknown as ast.Node);
    const inside = names.length === 0 ? around : new Set([...around, ...names]);
    const call = node as unknown as ast.CallExpression;
    const [text] = (node as { type: string }).type === "CallExpression" && isEval(call) ? call.arguments : [];
    if (text && !around.has("eval")) {
      edits.insert(text.start, `${HOST.evaluable}(${JSON.stringify([...around])},`);
      edits.insert(text.end, END);
    }
    for (const child of childrenOf(node)) walk(child, inside);
  };
  walk(program as unknown as Node, new Set());
}

/** The text of a direct `eval` as V8 gets it. What it cannot parse is V8's to refuse. */
export function evaluable(text: unknown, around: readonly string[], names: Names): unknown {
  if (typeof text !== "string") return text;
  const own = mentioned(names, text).filter(name => !around.includes(name));
  if (own.length === 0) return text;
  const { program, errors } = parseSync("eval.js", text, { lang: "js", sourceType: "script" });
  if (errors.length > 0) return text;
  const local = [...declaredNames(program), ...findVars(program, text).flatMap(({ node }) => declaredBy(node))];
  const edits = new Edits(text);
  const renamed = new Map(own.filter(name => !local.includes(name)).flatMap(name => ownName(names, name)));
  renameTopLevel(program, renamed, edits);
  return edits.apply().text;
}

function isEval({ callee, optional }: ast.CallExpression): boolean {
  return callee.type === "Identifier" && callee.name === "eval" && !optional;
}
