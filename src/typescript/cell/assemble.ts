import type { Hoisted } from "./bindings.ts";
import type { Edited } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { offsetInScript, type Position } from "./lines.ts";

/** A piece of the compiled cell: of the edited text, or written for it. */
interface Piece {
  text: string;
  from: number;
  written: boolean;
}

interface Assembled {
  code: string;
  offset: (position: Position) => number;
}

/**
 * Puts a cell together: its functions stand before it, as values. As declarations they would be properties of the global
 * object for ever, and in every listing of it. `offset` leads from a position in the code back into the edited text.
 */
export function assemble(head: string, { vars, functions }: Hoisted, { text, edited }: Edited): Assembled {
  const pieces: Piece[] = [];
  const write = (written: string) => pieces.push({ text: written, from: 0, written: true });
  const take = (from: number, to: number) => pieces.push({ text: text.slice(from, to), from, written: false });
  const moved = functions.map(each => ({ ...each, start: edited(each.start), end: edited(each.end - 1) + 1 }));
  write(head + (vars.length > 0 ? `let ${vars.map(beginning)};` : ""));
  for (const { name, compiled, start, end } of moved) {
    write(`let ${compiled}=${HOST.named}("${name}",`);
    take(start, end);
    write(");");
  }
  let done = 0;
  for (const { start, end } of moved.sort((a, b) => a.start - b.start)) {
    take(done, start);
    write(";");
    done = end;
  }
  take(done, text.length);
  const code = pieces.map(piece => piece.text).join("");
  return { code, offset: (position: Position) => offsetInPieces(pieces, offsetInScript(code, position)) };
}

/** V8's REPL mode leaves the value of an earlier cell there until its `let` has another; a new name has none. */
function beginning({ compiled, keeps }: Hoisted["vars"][number]): string {
  return keeps ? `${compiled}=(()=>{try{return ${compiled}}catch{}})()` : compiled;
}

function offsetInPieces(pieces: readonly Piece[], offset: number): number {
  let at = 0;
  for (const { text, from, written } of pieces) {
    if (offset < at + text.length) return written ? from : from + offset - at;
    at += text.length;
  }
  const last = pieces.at(-1);
  return last ? last.from + last.text.length : 0;
}
