import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import { type Error, JSON, Number } from "../intrinsics.ts";
import { offsetInScript, type Position, positionOf } from "./lines.ts";
import { CellSyntaxError } from "./parse.ts";

type Swc = typeof import("@swc/core");
const require = createRequire(import.meta.url);

export interface Transformed {
  code: string;
  /** The offset in what was transformed of one in `code`. */
  original: (offset: number) => number;
}

/**
 * Compiles what cannot be blanked (namespace, decorator, JSX, ...) to JavaScript with a source map. @swc/core is loaded
 * at the first such cell. `place` gives the author's position of an offset. Throws `CellSyntaxError`.
 */
export function transform(text: string, jsx: boolean, place: (offset: number) => Position): Transformed {
  const swc = require("@swc/core") as Swc;
  let output: ReturnType<Swc["transformSync"]>;
  try {
    output = swc.transformSync(text, {
      filename: "cell.tsx",
      sourceMaps: true,
      isModule: true,
      configFile: false,
      swcrc: false,
      jsc: {
        parser: { syntax: "typescript", tsx: jsx, decorators: true },
        target: "es2022",
        experimental: { keepImportAttributes: true },
        // A later cell may use what this one only imports.
        transform: { verbatimModuleSyntax: true, decoratorVersion: "2022-03" },
      },
    });
  } catch (error) {
    throw readably(error as Error, position => place(offsetInScript(text, position)));
  }
  const { code } = output;
  const map = new SourceMap(JSON.parse(output.map ?? "{}") as SourceMapPayload);
  return { code, original: offset => offsetInScript(text, through(map, positionOf(code, offset))) };
}

/** Its messages are a picture for a terminal: ` x What is wrong`, then `,-[cell.tsx:3:1]` and the lines around it. */
function readably({ message }: Error, place: (position: Position) => Position): CellSyntaxError {
  const [, what = message] = /^\s*[x×]\s+(.*)$/m.exec(message) ?? [];
  const [, line = "1", column = "1"] = /\[cell\.tsx:(\d+):(\d+)\]/.exec(message) ?? [];
  return new CellSyntaxError(what, place({ line: Number(line), column: Number(column) }));
}

function through(map: SourceMap, { line, column }: Position): Position {
  const entry = map.findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return { line, column };
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
