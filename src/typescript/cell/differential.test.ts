/**
 * Our blanking against a compiler: snippets with a line break or a comment between any two tokens, each compared with
 * what swc makes of it, after both are printed by the same printer.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { type Options, parseSync, printSync, transformSync } from "@swc/core";
import { parseSync as parse } from "oxc-parser";
import { Edits } from "./edits.ts";
import { eraseTypes } from "./erase.ts";
import { BETWEEN, SNIPPETS, TAILS } from "./snippets.ts";

const COMPILER: Options = {
  filename: "cell.ts",
  isModule: true,
  configFile: false,
  swcrc: false,
  jsc: {
    parser: { syntax: "typescript", decorators: true },
    target: "esnext",
    transform: { verbatimModuleSyntax: true },
    preserveAllComments: false,
  },
};

/** A token of TypeScript, roughly: enough to know where one ends. Templates are one. */
const TOKEN =
  /\s*(?:`(?:[^`\\]|\\.)*`|'[^']*'|#?[\w$]+|\?\?|\?\.(?!\d)|=>|\.\.\.|\+\+|--|\*\*|<<|&&|\|\||[=!]==?|[<>]=|[^\s\w])/g;

/** The snippet with `text` between each two tokens, and between all. */
function* variants(snippet: string, text: string): Generator<string> {
  const tokens = snippet.match(TOKEN) ?? [];
  for (let at = 1; at < tokens.length; at++) yield tokens.slice(0, at).join("") + text + tokens.slice(at).join("");
}

/** Before a line break these are names of fields to TypeScript, and to our parser, but not to swc. */
const LONE_MODIFIER =
  /\b(?:private|public|protected|readonly|abstract|override|declare|static)\b(?:\/\*\n\*\/|\s*(?:\/\/.*)?[\n\r\u2028])/;

/** What a compiler prints of it; nothing where the variant is no TypeScript, or has another meaning in its types. */
function compiled(source: string): string | undefined {
  if (LONE_MODIFIER.test(source)) return undefined;
  try {
    return printed(transformSync(source, COMPILER).code);
  } catch {
    // The variant is no program.
    return undefined;
  }
}

/** Ours; nothing where our parser refuses what swc takes although TypeScript does not (`async` ⏎ `<T>(x) => x`). */
function erased(source: string): string | undefined {
  const { program, errors } = parse("cell.ts", source, { lang: "ts", sourceType: "module" });
  if (errors.length > 0) return undefined;
  const edits = new Edits(source);
  eraseTypes(program, source, edits);
  try {
    return printed(edits.apply().text);
  } catch {
    return `no JavaScript: ${edits.apply().text}`;
  }
}

/** Statements that do nothing, and brackets that mean nothing, do not count. */
function printed(code: string): string {
  const ast = parseSync(code, { syntax: "ecmascript", target: "esnext", comments: false });
  return printSync(plain(ast) as typeof ast, { minify: true, filename: "cell.js", configFile: false, swcrc: false })
    .code;
}

function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.filter(each => each?.type !== "EmptyStatement").map(plain);
  if (node === null || typeof node !== "object") return node;
  const { type, expression } = node as { type?: string; expression?: unknown };
  if (type === "ParenthesisExpression") return plain(expression);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value)]));
}

function compare(source: string, wrong: string[]): number {
  const expected = compiled(source);
  if (expected === undefined) return 0;
  const actual = erased(source);
  if (actual === undefined) return 0;
  if (actual !== expected) wrong.push(`${JSON.stringify(source)}\n  compiler: ${expected}\n  ours:     ${actual}`);
  return 1;
}

const isFull = process.env.LATENT_FULL === "1";

test("types are blanked as a compiler takes them out, with a line break or a comment between any two tokens", () => {
  const wrong: string[] = [];
  let compared = 0;
  const between = isFull ? BETWEEN : BETWEEN.slice(0, 1);
  for (const snippet of SNIPPETS.filter(each => !/\benum\b/.test(each))) {
    compared += compare(snippet, wrong);
    for (const text of between) for (const variant of variants(snippet, text)) compared += compare(variant, wrong);
    for (const tail of TAILS)
      compared += compare(`${snippet}\n${tail}`, wrong) + compare(`${snippet} // c\n${tail}`, wrong);
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${compared}`);
  assert.ok(compared > (isFull ? 8000 : 1500), `only ${compared} were compared`);
});
