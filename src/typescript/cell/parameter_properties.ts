import type * as ast from "oxc-parser";
import { Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { visit } from "./visit.ts";

/**
 * `constructor(private x: number) {}` becomes a field `x;` at the head of the class, as TypeScript orders them, and
 * `this.x=x;` where the constructor has a `this`: first of all, or behind `super(...)`.
 */
export function assignParameterProperties({ start, body }: ast.ClassBody, edits: Edits): void {
  for (const member of body) {
    if (member.type !== "MethodDefinition" || member.kind !== "constructor" || !member.value.body) continue;
    const names = member.value.params.flatMap(propertyName);
    if (names.length === 0) continue;
    edits.insert(start + 1, names.map(name => `${name};`).join(""));
    const assigned = names.map(name => `this.${name}=${name}`);
    const calls = superCalls(member.value.body);
    if (calls.length === 0) edits.insert(directivesEnd(member.value.body), assigned.map(each => `${each};`).join(""));
    for (const { call, statement } of calls) {
      if (statement) edits.insert(call.end, `,${assigned}`);
      else {
        edits.insert(call.start, "(");
        edits.insert(call.end, `,${assigned},this)`);
      }
    }
  }
}

function propertyName(parameter: ast.ParamPattern): string[] {
  if (parameter.type !== "TSParameterProperty") return [];
  const { parameter: inner } = parameter;
  const target = inner.type === "AssignmentPattern" ? inner.left : inner;
  return target.type === "Identifier" ? [target.name] : [];
}

/** The calls of `super` that belong to this constructor, and whether they are statements of its body. */
function superCalls(body: ast.FunctionBody): { call: ast.CallExpression; statement: boolean }[] {
  const calls: { call: ast.CallExpression; statement: boolean }[] = [];
  const statements = new Set<ast.Node>(
    body.body.flatMap(statement => (statement.type === "ExpressionStatement" ? [statement.expression] : [])),
  );
  let classes = 0;
  const enter = () => {
    classes++;
  };
  const leave = () => {
    classes--;
  };
  visit({ ...body, type: "Program", sourceType: "module", hashbang: null } as unknown as ast.Program, {
    ClassBody: enter,
    "ClassBody:exit": leave,
    CallExpression: call => {
      if (call.callee.type === "Super" && classes === 0) calls.push({ call, statement: statements.has(call) });
    },
  });
  return calls;
}

function directivesEnd({ start, body }: ast.FunctionBody): number {
  const last = body.findLast(
    statement => statement.type === "ExpressionStatement" && "directive" in statement && statement.directive,
  );
  return last?.end ?? start + 1;
}
