import type * as ast from "oxc-parser";
import type { VisitorObject } from "oxc-parser";
import { Math, Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { eraseQuestionMark } from "./erase.ts";
import { assignParameterProperties } from "./parameter_properties.ts";
import { findToken, nextToken } from "./tokens.ts";

const MODIFIERS = new Set(["public", "private", "protected", "readonly", "override", "abstract", "declare"]);
/** Names of fields that JavaScript reads as a modifier of the next member, or as an operator behind the last one. */
const READ_ON = new Set(["get", "set", "static", "in", "instanceof"]);

type Member = ast.MethodDefinition | ast.PropertyDefinition | ast.AccessorProperty;

/** Blanks what TypeScript adds to a class: modifiers, `implements`, abstract and declared members, `?` and `!`. */
export function eraseClassSyntax(code: string, edits: Edits, needAccessor: () => void): VisitorObject {
  const statement = ({ start, end }: ast.Span) => edits.blank(start, end, ";");
  const member = (node: Member) => {
    blankModifiers(node, code, edits);
    const keyEnd = node.computed ? findToken(code, "]", node.key.end) + 1 : node.key.end;
    if ("optional" in node && node.optional) blankToken("?", keyEnd, code, edits);
    if ("definite" in node && node.definite) blankToken("!", keyEnd, code, edits);
  };
  const field = (node: ast.PropertyDefinition | ast.AccessorProperty) => {
    if (node.declare) return statement(node);
    member(node);
    // `get: T` and a method below it would become a getter.
    if (!node.value && node.typeAnnotation && readsOn(node))
      edits.blank(node.typeAnnotation.start, node.typeAnnotation.end, ";");
  };
  return {
    ClassDeclaration: node => (node.declare ? statement(node) : blankHeritage(node, code, edits)),
    ClassExpression: node => blankHeritage(node, code, edits),
    ClassBody: node => assignParameterProperties(node, edits),
    TSParameterProperty: node => {
      edits.blank(node.start, node.parameter.start);
      eraseQuestionMark(node, code, edits);
    },
    TSIndexSignature: statement,
    TSAbstractMethodDefinition: statement,
    TSAbstractPropertyDefinition: statement,
    TSAbstractAccessorProperty: statement,
    MethodDefinition: node => (node.value.body ? member(node) : statement(node)),
    PropertyDefinition: field,
    AccessorProperty: node => {
      needAccessor();
      field(node);
    },
  };
}

/** Where the class or the member itself begins, behind its decorators. */
function behindDecorators({ start, decorators }: ast.Class | Member, code: string): number {
  return Math.max(start, nextToken(code, decorators?.at(-1)?.end ?? start));
}

function blankHeritage(node: ast.Class, code: string, edits: Edits): void {
  if (node.abstract) blankToken("abstract", behindDecorators(node, code), code, edits);
  const last = node.implements?.at(-1);
  if (!last) return;
  const before = node.superTypeArguments ?? node.superClass ?? node.typeParameters ?? node.id;
  const from = before?.end ?? findToken(code, "class", behindDecorators(node, code)) + "class".length;
  edits.blank(findToken(code, "implements", from), last.end);
}

/** A member that could continue the one before it keeps a `;` in the place of its first modifier. */
function blankModifiers(node: Member, code: string, edits: Edits): void {
  const guarded = node.computed || readsOn(node) || (node.type === "MethodDefinition" && node.value.generator);
  const word = /[\w$]+|\S/y;
  let first = true;
  for (let at = behindDecorators(node, code); at < node.key.start; at = nextToken(code, word.lastIndex)) {
    word.lastIndex = at;
    const [text = ""] = word.exec(code) ?? [];
    if (MODIFIERS.has(text)) edits.blank(at, at + text.length, first && guarded ? ";" : "");
    first = false;
  }
}

function readsOn({ key, computed }: Member): boolean {
  return !computed && key.type === "Identifier" && READ_ON.has(key.name);
}

function blankToken(token: string, from: number, code: string, edits: Edits): void {
  const at = findToken(code, token, from);
  edits.blank(at, at + token.length);
}
