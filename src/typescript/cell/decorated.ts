import type * as ast from "oxc-parser";
import { Map, Math } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import type { Naming } from "./names.ts";
import { declarationOf } from "./statements.ts";

/**
 * The transform puts a decorated class into a variable that it names itself. An export at the end of the cell, added
 * before and read afterwards, tells which; an export of the author's would be in the way.
 */
export function exportDecorated(program: ast.Program, text: string, edits: Edits): void {
  for (const statement of program.body) {
    const node = declarationOf(statement);
    if (node?.type !== "ClassDeclaration" || !node.decorators?.length) continue;
    if (statement !== node) edits.blank(statement.start, node.start);
    if (node.id) edits.insert(text.length, `\nexport{${node.id.name}};`);
    else {
      // A default export without a name is a value.
      edits.insert(Math.min(statement.start, ...node.decorators.map(({ start }) => start)), "(");
      edits.insert(node.end, ")");
    }
  }
}

/** Decorated classes: the variable that holds each, by its name. */
export function decoratedClasses({ body }: ast.Program): Map<string, string> {
  const specifiers = body.flatMap(statement =>
    statement.type === "ExportNamedDeclaration" ? statement.specifiers : [],
  );
  const pairs = specifiers.flatMap(({ local, exported }): [string, string][] =>
    "name" in local && "name" in exported && local.name !== exported.name ? [[exported.name, local.name]] : [],
  );
  return new Map(pairs);
}

/** Gives each class its name again, as soon as it is there. */
export function nameDecorated(
  program: ast.Program,
  classes: Map<string, string>,
  edits: Edits,
  { renamed, own }: Naming,
): void {
  const { body } = program;
  for (const [name, holder] of classes) {
    const declared = body.findIndex(
      node =>
        node.type === "VariableDeclaration" && node.declarations.some(({ id }) => "name" in id && id.name === holder),
    );
    const made = body.find((node, index) => index > declared && makesClass(node, name));
    const compiled = renamed.get(holder) ?? holder;
    edits.insert((made ?? body.at(-1))?.end ?? 0, `;let ${own.get(name) ?? name}=${compiled};`);
  }
}

/** `class R {...}`, or, where R has static members, `new class extends ... { static [class R {...}] }()`. */
function makesClass(node: ast.Program["body"][number], name: string): boolean {
  if (node.type === "ClassDeclaration") return node.id?.name === name;
  return (
    node.type === "ExpressionStatement" &&
    node.expression.type === "NewExpression" &&
    node.expression.callee.type === "ClassExpression" &&
    node.expression.callee.body.body.some(
      member =>
        member.type === "PropertyDefinition" && member.key.type === "ClassExpression" && member.key.id?.name === name,
    )
  );
}
