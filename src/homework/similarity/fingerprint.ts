import { parseSync } from "oxc-parser";
import { isTooDeep } from "../../typescript/cell/index.ts";

/** So many nodes in a row make one gram. */
const GRAM = 12;
/** Of so many grams in a row the smallest hash is kept (winnowing: Schleimer, Wilkerson and Aiken, 2003). */
const WINDOW = 6;

/**
 * The fingerprints of a program: hashes of runs of its syntax tree's node types, a few of each neighbourhood. Names, numbers,
 * comments, types and layout do not count, and statements in another order keep their own prints.
 */
export function fingerprints(source: string): Set<number> {
  const prints = new Set<number>();
  // It would end the process that compares the class.
  if (isTooDeep(source)) return prints;
  const { program } = parseSync("answer.ts", source, { lang: "ts" });
  for (const statement of program.body) {
    const types: string[] = [];
    collect(statement, types);
    for (const print of winnowed(gramsOf(types))) prints.add(print);
  }
  return prints;
}

function collect(node: unknown, types: string[]): void {
  if (Array.isArray(node)) {
    for (const each of node) collect(each, types);
    return;
  }
  if (typeof node !== "object" || node === null || !("type" in node)) return;
  const { type, operator } = node as { type: string; operator?: string };
  if (type.startsWith("TS")) return;
  types.push(operator === undefined ? type : `${type}${operator}`);
  for (const child of Object.values(node)) if (typeof child === "object") collect(child, types);
}

function gramsOf(types: readonly string[]): number[] {
  const count = Math.max(1, types.length - GRAM + 1);
  return Array.from({ length: count }, (_, i) => hash(types.slice(i, i + GRAM).join(" ")));
}

function winnowed(grams: readonly number[]): Set<number> {
  const kept = new Set<number>();
  for (let i = 0; i < Math.max(1, grams.length - WINDOW + 1); i++) kept.add(Math.min(...grams.slice(i, i + WINDOW)));
  return kept;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
