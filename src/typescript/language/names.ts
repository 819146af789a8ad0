import type * as ast from "oxc-parser";
import { type ParseResult, parseSync } from "oxc-parser";
import { isTooDeep } from "../cell/depth.ts";
import { visit } from "../cell/visit.ts";
import { boundNames } from "./bound_names.ts";
import { type CellNames, declarationsOf, isAugmentation } from "./declarations.ts";
import { scan, scanDeclared } from "./scan.ts";

/** Longer cells are data; parsing them would hold up the answers of the front process. */
const LONGEST = 200_000;

const NONE: ReadonlySet<string> = new Set();
const NOTHING = { used: NONE, assigned: NONE, globals: NONE, files: [], augments: false };

/** Whether a text is better not given to a parser, ours or the server's. */
export function isTooMuch(text: string): boolean {
  return text.length > LONGEST || isTooDeep(text);
}

export function namesOf(text: string): CellNames {
  const opaque = { ...NOTHING, form: "names" as const };
  if (isTooMuch(text)) return { ...opaque, declared: scanDeclared(text) };
  try {
    return parsedNames(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The parser took it, but its tree is too deep to be walked: ten thousand calls in a row.
    return { ...opaque, declared: scanDeclared(text) };
  }
}

function parsedNames(text: string): CellNames {
  const parsed = parse(text, "ts");
  if (parsed.errors.length === 0) return { ...analyze(parsed), form: "statements" };
  if (/^\s*\{/.test(text)) {
    const object = parse(`(${text}\n)`, "ts");
    if (object.errors.length === 0) return { ...analyze(object), form: "object" };
  }
  const jsx = parse(text, "tsx");
  return jsx.errors.length === 0 ? { ...analyze(jsx), form: "names" } : { ...scan(text), form: "half" };
}

function parse(text: string, lang: "ts" | "tsx"): ParseResult {
  return parseSync(`cell.${lang}`, text, { lang, sourceType: "module" });
}

function analyze({ program, module }: ParseResult): Omit<CellNames, "form"> {
  const imports = module.staticImports.map(each => each.moduleRequest.value);
  return {
    declared: declarationsOf(program),
    ...uses(program),
    files: imports.filter(specifier => /^\.\.?(?:\/|$)/.test(specifier)),
    augments: program.body.some(isAugmentation),
  };
}

function uses(program: ast.Program): Pick<CellNames, "used" | "assigned" | "globals"> {
  const used = new Set<string>();
  const assigned = new Set<string>();
  const globals = new Set<string>();
  const assign = (target: Parameters<typeof boundNames>[0]) => {
    for (const name of boundNames(target)) assigned.add(name);
  };
  const assignEach = ({ left }: ast.ForOfStatement | ast.ForInStatement) => {
    if (left.type !== "VariableDeclaration") assign(left);
  };
  visit(program, {
    Identifier: ({ name }) => void used.add(name),
    JSXIdentifier: ({ name }) => void used.add(name),
    AssignmentExpression: ({ left }) => {
      assign(left);
      if (left.type !== "MemberExpression" || left.computed || left.property.type !== "Identifier") return;
      if (isGlobalObject(left.object)) globals.add(left.property.name);
    },
    UpdateExpression: ({ argument }) => assign(argument),
    ForOfStatement: assignEach,
    ForInStatement: assignEach,
  });
  return { used, assigned, globals };
}

function isGlobalObject(node: ast.Expression): boolean {
  // `(globalThis as any).x = 1`
  if (node.type === "ParenthesizedExpression" || node.type === "TSAsExpression") return isGlobalObject(node.expression);
  return node.type === "Identifier" && ["globalThis", "global"].includes(node.name);
}
