import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const lectures = join(root, "notebooks", "lectures");
// biome-ignore lint/suspicious/noExplicitAny: TypeScript 5.0 as tslab brings it; the types here are those of version 7
const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as any;
type Node = {
  parent: Node;
  propertyName?: Node;
  elements?: Node[];
  pos: number;
  kind: number;
  getStart(): number;
  getText(): string;
};
type File = Node & { fileName: string; text: string };

const lessons = readdirSync(lectures)
  .filter(name => /^\d\d-.*\.ts$/.test(name))
  .map(name => join(lectures, name));

/** As tslab compiles cells on Node 20: TypeScript 5.0, not strict, without what came after ES2022. */
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  moduleResolution: ts.ModuleResolutionKind.NodeJs,
  moduleDetection: ts.ModuleDetectionKind.Force,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [join(root, "node_modules", "@types")],
  paths: { latent: [join(root, "dist", "latent", "index.d.ts")] },
};
const program = ts.createProgram(lessons, options);

test("every lesson has types that the TypeScript of stock tslab accepts", () => {
  const host = { getCurrentDirectory: () => lectures, getCanonicalFileName: String, getNewLine: () => "\n" };
  assert.equal(ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host), "");
});

test("the TypeScript of stock tslab finds what is wrong in the options of a figure", () => {
  const cell = join(lectures, "cell.ts");
  const text = `import { plot } from "latent";
const figure = plot.figure([{ type: "scatter", x: [1], y: new Float32Array(1), marker: { size: 3 } }], { xaxis2: { type: "log" } });
figure.data[0].error_y = { type: "data", array: [1] };
figure.layout.xaxis = { title: { text: "x" } };
plot.figure([{ type: "scatter", marker: { sise: 3 } }]);
plot.figure([{ type: "scater" }]);
plot.figure([], { titel: { text: "x" } });
figure.layout.width = "wide";`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name: string, ...more: unknown[]) =>
    name === cell ? ts.createSourceFile(cell, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...more);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([cell], options, host, program));
  const at = found.map(({ file, start, length }: { file: File; start: number; length: number }) =>
    file.text.slice(start, start + length),
  );
  assert.deepEqual(at, ["sise: 3", "type", 'titel: { text: "x" }', "figure.layout.width"]);
});

/** tslab rewrites a name of an earlier cell to a property of its exports, but not in `{ name }`: write `{ name: name }`. */
test("no lesson abbreviates a property whose value an earlier cell has, which stock tslab cannot run", () => {
  const found = lessons.flatMap(lesson => {
    const file = program.getSourceFile(lesson) as File;
    return nodesOf(file)
      .filter(node => node.kind === ts.SyntaxKind.ShorthandPropertyAssignment && comesFromEarlierCell(node, file))
      .map(node => `${lesson}:${lineOf(file, node)} { ${node.getText()} }`);
  });
  assert.deepEqual(found, []);
});

/** tslab writes its `exports` into a pattern that has names of both kinds, and then it is declared twice. */
test("no cell takes an object apart into some names of its own and some new ones, which stock tslab cannot run", () => {
  const found = lessons.flatMap(lesson => {
    const file = program.getSourceFile(lesson) as File;
    return nodesOf(file)
      .filter(({ kind, parent }) => kind === ts.SyntaxKind.ObjectBindingPattern && isTopLevel(parent, file))
      .filter(({ elements = [] }) => new Set(elements.map(({ propertyName }) => propertyName !== undefined)).size > 1)
      .map(node => `${lesson}:${lineOf(file, node)} ${node.getText()}`);
  });
  assert.deepEqual(found, []);
});

function nodesOf(node: Node): Node[] {
  const below: Node[] = [];
  ts.forEachChild(node, (child: Node) => void below.push(child, ...nodesOf(child)));
  return below;
}

function comesFromEarlierCell(node: Node, file: File): boolean {
  const symbol = program.getTypeChecker().getShorthandAssignmentValueSymbol(node);
  const [declared] = (symbol?.declarations ?? []) as Node[];
  if (declared === undefined || !isTopLevel(declared, file)) return false;
  return file.text.slice(declared.getStart(), node.getStart()).includes("\n// %%");
}

function isTopLevel(declared: Node, file: File): boolean {
  for (let node = declared.parent; node !== undefined; node = node.parent) {
    if (node === file) return true;
    if (ts.isFunctionLike(node) || ts.isBlock(node) || ts.isForOfStatement(node) || ts.isForStatement(node))
      return false;
  }
  return false;
}

function lineOf(file: File, node: Node): number {
  return file.text.slice(0, node.getStart()).split("\n").length;
}
