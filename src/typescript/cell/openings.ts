import type * as ast from "oxc-parser";
import { Map, type RegExp } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { breaksLine, nextToken } from "./tokens.ts";

/**
 * Expressions whose first token is a blanked type: `<T>x` and `<T>(x) => x`. What comes next stands where another token
 * stood, which JavaScript may read in another way; parentheses keep its meaning.
 */
export class Openings {
  readonly #code: string;
  readonly #edits: Edits;
  /** Where a blanked opening begins, and where the token behind it does. */
  readonly #ends = new Map<number, number>();

  constructor(code: string, edits: Edits) {
    this.#code = code;
    this.#edits = edits;
  }

  add(start: number, end: number): void {
    this.#ends.set(start, end);
  }

  /** Behind `return`, `throw` and `yield` a line break would end the statement. */
  keepOnLine(argument: ast.Expression | null): void {
    if (argument && breaksLine(this.#code, argument.start, this.#opened(argument.start))) this.#enclose(argument);
  }

  /** An expression must not begin like a block or a declaration. */
  guard(node: ast.Span, start: RegExp): void {
    const opened = this.#opened(node.start);
    if (opened > node.start && start.test(this.#code.slice(opened, opened + 20))) this.#enclose(node);
  }

  #opened(start: number): number {
    const end = this.#ends.get(start);
    return end === undefined ? start : this.#opened(nextToken(this.#code, end));
  }

  #enclose({ start, end }: ast.Span): void {
    this.#edits.insert(start, "(");
    this.#edits.insert(end, ")");
  }
}
