import type * as ast from "oxc-parser";
import type { VisitorObject } from "oxc-parser";
import { Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";

const MODIFIERS = new Set(["public", "private", "protected", "readonly", "override", "abstract", "declare"]);

/** Blanks what TypeScript adds to a class: modifiers, `implements`, abstract and declared members, `?` and `!`. */
export function eraseClassSyntax(code: string, edits: Edits, need: (what: string) => void): VisitorObject {
  const statement = ({ start, end }: ast.Span) => edits.blank(start, end, ";");
  const member = (node: ast.MethodDefinition | ast.PropertyDefinition) => {
    blankModifiers(node, code, edits);
    const end = (node.type === "PropertyDefinition" ? node.typeAnnotation?.start : undefined) ?? node.key.end + 8;
    if (node.optional) blankAfterKey("?", node, end, code, edits);
    if (node.type === "PropertyDefinition" && node.definite) blankAfterKey("!", node, end, code, edits);
  };
  return {
    ClassDeclaration: node => (node.declare ? statement(node) : blankHeritage(node, code, edits)),
    ClassExpression: node => blankHeritage(node, code, edits),
    ClassBody: node => assignParameterProperties(node, code, edits, need),
    TSIndexSignature: statement,
    TSAbstractMethodDefinition: statement,
    TSAbstractPropertyDefinition: statement,
    TSAbstractAccessorProperty: statement,
    MethodDefinition: node => (node.value.body ? member(node) : statement(node)),
    PropertyDefinition: node => (node.declare ? statement(node) : member(node)),
  };
}

function blankHeritage(node: ast.Class, code: string, edits: Edits): void {
  if (node.abstract) {
    const at = code.indexOf("abstract", node.start);
    edits.blank(at, at + "abstract".length);
  }
  const last = node.implements?.at(-1);
  if (!last) return;
  const before = node.superTypeArguments ?? node.superClass ?? node.typeParameters ?? node.id;
  edits.blank(code.indexOf("implements", before?.end ?? node.start), last.end);
}

/** A generator or computed member after a blanked modifier keeps a `;`: it must not continue the member before it. */
function blankModifiers(node: ast.MethodDefinition | ast.PropertyDefinition, code: string, edits: Edits): void {
  const words = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|[\w$]+|\S/g;
  words.lastIndex = node.start;
  const guarded = node.computed || (node.type === "MethodDefinition" && node.value.generator);
  for (let word = words.exec(code), first = true; word && word.index < node.key.start; word = words.exec(code)) {
    if (MODIFIERS.has(word[0])) edits.blank(word.index, word.index + word[0].length, first && guarded ? ";" : "");
    first = false;
  }
}

function blankAfterKey(mark: string, { key }: { key: ast.Span }, to: number, code: string, edits: Edits): void {
  const at = code.indexOf(mark, key.end);
  if (at >= 0 && at < to) edits.blank(at, at + 1);
}

/** `constructor(private x: number) {}` becomes `constructor(x) {this.x=x;}`; behind `super(...)` only the transform knows where. */
function assignParameterProperties(
  body: ast.ClassBody,
  code: string,
  edits: Edits,
  need: (what: string) => void,
): void {
  for (const member of body.body) {
    if (member.type !== "MethodDefinition" || member.kind !== "constructor" || !member.value.body) continue;
    const properties = member.value.params.filter(parameter => parameter.type === "TSParameterProperty");
    if (properties.length === 0) continue;
    if (/\bsuper\s*\(/.test(code.slice(member.value.body.start, member.value.body.end))) need("parameter property");
    const names = properties.map(({ start, parameter }) => {
      edits.blank(start, parameter.start);
      const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      if ("optional" in target && target.optional) {
        const at = code.indexOf("?", target.start);
        edits.blank(at, at + 1);
      }
      return target.type === "Identifier" ? target.name : "";
    });
    edits.insert(member.value.body.start + 1, names.map(name => `this.${name}=${name};`).join(""));
  }
}
