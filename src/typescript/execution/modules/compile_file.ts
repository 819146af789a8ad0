/** The author's own files as Node takes them: what an import and what a `require` gets of each. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Options } from "@swc/core";
import type { ParseResult } from "oxc-parser";
import { positionOf } from "../../cell/lines.ts";
import { Array, JSON, Math, Object, RegExp, SyntaxError } from "../../intrinsics.ts";
import { exportedNames, setsExports, speaksOnlyCommonJs } from "./exported_names.ts";
import { guardFile } from "./guard_file.ts";
import { parseFile } from "./parse_file.ts";
import { markTypeExports } from "./type_exports.ts";

const require = createRequire(import.meta.url);

interface Source {
  path: string;
  text: string;
  kind: Kind;
  module: ParseResult["module"];
}

type Kind = "module" | "commonjs";

/** JavaScript, and the way back to the author's text where it was compiled. */
interface Compiled {
  code: string;
  map?: string | undefined;
}

/** The text of the module that an import of the file gets. */
export function asModule(path: string): string {
  if (path.endsWith(".json")) return jsonModule(path);
  const source = read(path);
  if (source.kind === "commonjs") return facade(source);
  const text = isCompiled(path) ? markTypeExports(path, source.text, source.module) : source.text;
  const { code, map } = compiled({ ...source, text: namesOfNode(text) + text }, "module");
  return guardFile(code, "module", map);
}

/** The text that `require` evaluates. */
export function asCommonJs(path: string): string {
  const { code, map } = commonJs(read(path));
  return guardFile(code, "commonjs", map);
}

function commonJs(source: Source): Compiled {
  const { path, kind } = source;
  if (kind === "commonjs" && !isCompiled(path)) return { code: source.text };
  const compiledFile = compiled(source, "commonjs");
  if (kind === "module" && parse("file.js", compiledFile.code, "commonjs").errors.length > 0)
    throw new SyntaxError(`${path} waits (await) at its top level, so it cannot be required: import it instead.`);
  return compiledFile;
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(textOf(path));
  } catch (error) {
    throw error instanceof SyntaxError ? new SyntaxError(`${error.message} (${path})`) : error;
  }
}

function read(path: string): Source {
  const text = textOf(path).replace(/^#!/, "//");
  const parsed = parse(path, text, /\.c[jt]s$/.test(path) ? "commonjs" : "module");
  const kind = kindOf(path, text, parsed);
  const [error] = kind === "module" ? parsed.errors : parse(path, text, "commonjs").errors;
  if (error === undefined) return { path, text, kind, module: parsed.module };
  const { line, column } = positionOf(text, Math.min(...error.labels.map(({ start }) => start), text.length));
  const failure = new SyntaxError(`${error.message} (${path}, line ${line}, column ${column})`);
  failure.stack = `SyntaxError: ${failure.message}\n    at ${path}:${line}:${column}`;
  throw failure;
}

/** As the ending says; where it leaves that open, as the text is written, whatever a package.json says. */
function kindOf(path: string, text: string, { module, errors, program }: ParseResult): Kind {
  if (/\.c[jt]s$/.test(path)) return "commonjs";
  if (/\.m[jt]s$/.test(path)) return "module";
  if (program.body.some(speaksOnlyCommonJs)) return "commonjs";
  if (module.hasModuleSyntax) return "module";
  if (/\.tsx?$/.test(path)) return setsExports(program) ? "commonjs" : "module";
  // Sloppy code is none of a module, and a top-level await is none of a script.
  const isScript = parse(path, text, "commonjs").errors.length === 0;
  return isScript || errors.length > 0 ? "commonjs" : "module";
}

function parse(path: string, text: string, sourceType: Kind): ParseResult {
  return parseFile(path, text, {
    sourceType,
    lang: /\.[mc]?ts$/.test(path) ? "ts" : /\.tsx$/.test(path) ? "tsx" : "jsx",
  });
}

function textOf(path: string): string {
  return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
}

function isCompiled(path: string): boolean {
  return /\.(?:[mc]?tsx?|jsx)$/.test(path);
}

function compiled({ path, text }: Source, kind: Kind): Compiled {
  if (kind === "module" && !isCompiled(path)) return { code: text };
  const options: Options = {
    filename: path,
    sourceMaps: true,
    configFile: false,
    swcrc: false,
    jsc: {
      parser: { syntax: "typescript", tsx: path.endsWith("x"), decorators: true },
      target: "es2022",
      experimental: { keepImportAttributes: true },
      transform: { decoratorVersion: "2022-03" },
    },
    // `import x from "./old.cjs"` is module.exports, as in a module.
    module: kind === "module" ? { type: "es6" } : { type: "commonjs", importInterop: "node", ignoreDynamic: true },
  };
  // Loaded at the first such file: it takes as long as all the rest of the process.
  const swc = require("@swc/core") as typeof import("@swc/core");
  try {
    return swc.transformSync(text, options);
  } catch (error) {
    // Its message is a drawing, with the stack of the compiler itself below.
    const { message } = error as SyntaxError;
    throw new SyntaxError(`${/^\s*x (.*)/m.exec(message)?.[1] ?? message} (${path})`);
  }
}

/** `require`, `__filename` and `__dirname` in a module that uses them as a CommonJS file may, as TypeScript has them. */
function namesOfNode(text: string): string {
  const isFree = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(text) &&
    !new RegExp(`\\b(?:const|let|var|function|import)\\b[^;=]*\\b${name}\\b`).test(text);
  const require = isFree("require")
    ? 'import{createRequire as $$createRequire}from"node:module";const require=$$createRequire(import.meta.filename);'
    : "";
  const names = ["filename", "dirname"].filter(name => isFree(`__${name}`));
  return require + names.map(name => `const __${name}=import.meta.${name};`).join("");
}

/** A CommonJS file keeps to Node's own loader, so that `import` and `require` get one and the same object. */
function facade(source: Source): string {
  const path = JSON.stringify(source.path);
  const { program } = parse("file.js", commonJs(source).code, "commonjs");
  return [
    'import{createRequire}from"node:module";',
    `const exported=createRequire(${path})(${path});export default exported;`,
    ...exportedNames(program).map(named),
  ].join("");
}

function jsonModule(path: string): string {
  const value = readJson(path);
  const names = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
  // As an expression; the key that would set a prototype is computed instead.
  const text = JSON.stringify(value).replace(/(?<!\\)"__proto__":/g, '["__proto__"]:');
  return `const exported=${text};export default exported;${names.map(named).join("")}`;
}

function named(name: string, index: number): string {
  if (name === "default") return "";
  const key = JSON.stringify(name);
  return `const $${index}=exported?.[${key}];export{$${index} as ${key}};`;
}
