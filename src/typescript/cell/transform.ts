import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import { JSON } from "../intrinsics.ts";
import type { Position } from "./lines.ts";

type Swc = typeof import("@swc/core");
const require = createRequire(import.meta.url);

export interface Transformed {
  code: string;
  original: (position: Position) => Position;
}

/**
 * Compiles what cannot be blanked (enum, namespace, decorator, JSX, ...) to JavaScript with a source map.
 * @swc/core is loaded at the first such cell. Throws an error whose message names the place.
 */
export function transform(code: string): Transformed {
  const swc = require("@swc/core") as Swc;
  const output = swc.transformSync(code, {
    filename: "cell.tsx",
    sourceMaps: true,
    isModule: true,
    configFile: false,
    swcrc: false,
    jsc: {
      parser: { syntax: "typescript", tsx: hasJsx(code), decorators: true },
      target: "es2022",
      // A later cell may use what this one only imports.
      transform: { verbatimModuleSyntax: true, decoratorVersion: "2022-03" },
    },
  });
  const map = new SourceMap(JSON.parse(output.map ?? "{}") as SourceMapPayload);
  return { code: output.code, original: position => through(map, position) };
}

/** `<T>x` is a type assertion without JSX and an element with it, so JSX is only read where a tag is closed. */
function hasJsx(code: string): boolean {
  return /<\/[\w.]*>|\/>/.test(code);
}

function through(map: SourceMap, { line, column }: Position): Position {
  const entry = map.findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return { line, column };
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
