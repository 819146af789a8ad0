import assert from "node:assert/strict";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseSync, Visitor, type VisitorObject, visitorKeys } from "oxc-parser";
import { SNIPPETS } from "./snippets.ts";
import { visit } from "./visit.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const programOf = (text: string) => parseSync("cell.ts", text, { lang: "tsx", sourceType: "module" }).program;

/** A visitor that writes down what it is called with. */
function recorder(): { calls: string[]; visitor: VisitorObject } {
  const calls: string[] = [];
  const types = Object.keys(visitorKeys).flatMap(type => [type, `${type}:exit`]);
  const write = (type: string) => (node: { start: number }) => void calls.push(`${type} ${node.start}`);
  return { calls, visitor: Object.fromEntries(types.map(type => [type, write(type)])) as VisitorObject };
}

test("every node is visited, before and behind its children, as the parser's own visitor does", () => {
  const texts = [
    ...SNIPPETS,
    "",
    "[, a, , b]",
    "<a b={c} {...d}>{e}text<f.g /></a>",
    "label: for (;;) { continue label }",
  ];
  for (const text of texts) {
    const program = programOf(text);
    const [ours, theirs] = [recorder(), recorder()];
    visit(program, ours.visitor);
    new Visitor(theirs.visitor).visit(program);
    assert.ok(ours.calls.length >= 2);
    assert.deepEqual(ours.calls, theirs.calls, text);
  }
});

test("a tree of 100,000 levels is visited", () => {
  let depth = 0;
  visit(programOf(`${"[".repeat(2500)}${"]".repeat(2500)}`), { ArrayExpression: () => void depth++ });
  let node: object = { type: "Identifier", start: 0, end: 0 };
  for (let level = 0; level < 100_000; level++) node = { type: "AwaitExpression", argument: node, start: 0, end: 0 };
  visit(node as never, { AwaitExpression: () => void depth++ });
  assert.equal(depth, 102_500);
});

test("nothing of a visit is kept: neither the tree nor the functions", async () => {
  const visited = () => {
    const program = programOf("f(a, b)");
    const visitor: VisitorObject = { CallExpression: () => void program, "CallExpression:exit": () => void program };
    visit(program, visitor);
    return [new WeakRef<object>(program), new WeakRef<object>(visitor)];
  };
  const refs = visited();
  await new Promise(setImmediate);
  collect();
  assert.deepEqual(
    refs.map(ref => ref.deref()),
    [undefined, undefined],
  );
});
