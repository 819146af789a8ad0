import { type ParseResult, parseSync } from "oxc-parser";
import { guardAwaits, mayComeBack } from "../../cell/awaits.ts";
import { Edits } from "../../cell/edits.ts";
import { HOST } from "../../cell/host_names.ts";
import type { Position } from "../../cell/lines.ts";
import { Buffer, JSON } from "../../intrinsics.ts";

type Kind = "module" | "commonjs";

/** What was put into a file, as `line, column, length` of each, in order; the lines and columns are those before it. */
type Inserted = number[];

/** A source map of what a file was before its awaits were guarded, and what they added. */
interface GuardedMap {
  version: number;
  mappings: string;
  x_guards?: Inserted;
}

/** In a worker thread, whose cells are none, nothing is stopped. */
const NAMES = [
  `${HOST.paused}=()=>0`,
  `${HOST.alive}=(_,value)=>($$passing=value,true)`,
  `${HOST.resumed}=()=>$$passing`,
  `${HOST.never}=()=>0`,
  `${HOST.owned}=given=>given`,
];
const HEAD = `let $$passing;const{${NAMES.join()}}=globalThis;`;

/** What waits in a file of the author's ends with its cell, as in the cell itself. `map` leads to what the author wrote. */
export function guardFile(code: string, kind: Kind, map?: string): string {
  const guards = mayComeBack(code) ? guardsOf(code, kind) : undefined;
  if (guards === undefined && map === undefined) return code;
  const plain = map === undefined ? { version: 3, sources: [], names: [], mappings: "" } : JSON.parse(map);
  const payload: GuardedMap = { ...plain, x_guards: guards?.inserted ?? [] };
  const encoded = Buffer.from(JSON.stringify(payload)).toString("base64");
  return `${guards?.text ?? code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}

/** The position before the guards were put in; undefined where the file has been through no `guardFile`. */
export function unguarded(map: object | undefined, { line, column }: Position): Position | undefined {
  const { x_guards: inserted } = (map ?? {}) as Partial<GuardedMap>;
  if (inserted === undefined) return undefined;
  let shift = 0;
  for (let at = 0; at < inserted.length; at += 3) {
    const [ofLine, start, length] = inserted.slice(at, at + 3) as [number, number, number];
    if (ofLine !== line) continue;
    if (column < start + shift + length) return { line, column: column <= start + shift ? column - shift : start };
    shift += length;
  }
  return { line, column: column - shift };
}

function guardsOf(code: string, kind: Kind): { text: string; inserted: Inserted } | undefined {
  const { program, errors } = parseSync("file.js", code, { sourceType: kind, lang: "js" });
  if (errors.length > 0) return undefined;
  const edits = new Recorded(code);
  edits.insert(endOfDirectives(program), HEAD);
  guardAwaits(program, code, edits);
  // Nothing but the head.
  if (edits.inserts.length === 1) return undefined;
  return { text: edits.apply().text, inserted: placesOf(code, edits.inserts) };
}

interface Insert {
  at: number;
  length: number;
}

class Recorded extends Edits {
  readonly inserts: Insert[] = [];

  override insert(at: number, text: string, from?: number): void {
    this.inserts.push({ at, length: text.length });
    super.insert(at, text, from);
  }
}

/** "use strict" is one only where nothing stands before it. */
function endOfDirectives({ body }: ParseResult["program"]): number {
  const last = body.findLast(each => each.type === "ExpressionStatement" && "directive" in each && each.directive);
  return last?.end ?? 0;
}

function placesOf(code: string, inserts: readonly Insert[]): Inserted {
  const breaks = /\r\n?|[\n\u2028\u2029]/g;
  let line = 1;
  let start = 0;
  let next = breaks.exec(code);
  return [...inserts]
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, length }) => {
      for (; next !== null && breaks.lastIndex <= at; next = breaks.exec(code)) {
        start = breaks.lastIndex;
        line++;
      }
      return [line, at - start + 1, length];
    });
}
