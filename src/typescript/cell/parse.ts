import { type OxcError, type ParseResult, parseSync } from "oxc-parser";
import { Error, Math } from "../intrinsics.ts";
import { isTooDeep } from "./depth.ts";
import type { Position } from "./lines.ts";

/** The cell is not TypeScript; `position` is where the parser gave up. */
export class CellSyntaxError extends Error {
  override readonly name = "SyntaxError";
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** `place` gives the author's position of an offset. Throws `CellSyntaxError`. */
export function parse(text: string, place: (offset: number) => Position): ParseResult {
  if (isTooDeep(text))
    throw new CellSyntaxError(
      "the cell nests too deep to be read: split what it holds over lines of its own",
      place(0),
    );
  const parsed = parseSync("cell.ts", text, { lang: "ts", sourceType: "module" });
  const [error] = parsed.errors;
  if (error === undefined) return parsed;
  // A cell with JSX is read as such only here: `<T>x` must stay a type assertion everywhere else.
  const jsx = parseSync("cell.tsx", text, { lang: "tsx", sourceType: "module" });
  if (jsx.errors.length === 0) return jsx;
  throw new CellSyntaxError(messageOf(error), place(offsetOfError(error, text)));
}

/** The token that is wrong, and not the bracket that is open there, which a second label tells. */
export function offsetOfError({ labels }: OxcError, text: string): number {
  const [first] = labels.filter(({ message }) => message !== "Opened here");
  return Math.min(first?.start ?? text.length, text.length);
}

function messageOf({ message, helpMessage }: OxcError): string {
  return helpMessage ? `${message} (${helpMessage})` : message;
}
