import type * as ast from "oxc-parser";
import { type VisitorObject, visitorKeys } from "oxc-parser";
import { Object } from "../intrinsics.ts";

type Visited = ast.Span & { type: string };
type Call = ((node: never) => void) | undefined;

/**
 * Calls the functions of `visitor` for each node of a tree, in the order of the text: `Type` before a node's children,
 * `Type:exit` behind them. oxc's own `Visitor` keeps the functions of every visitor for ever (0.159: its cache is never
 * reset), and with them the trees: 9 kB a cell. A list in place of recursion: trees are up to 6,000 brackets deep.
 */
export function visit(program: ast.Program, visitor: VisitorObject): void {
  const calls = visitor as Record<string, Call>;
  const exits = exitsOf(calls);
  const todo: Visited[] = [program];
  const left: boolean[] = [false];
  while (todo.length > 0) {
    const node = todo.pop() as Visited;
    if (left.pop()) {
      exits[node.type]?.(node as never);
      continue;
    }
    calls[node.type]?.(node as never);
    if (exits[node.type]) {
      todo.push(node);
      left.push(true);
    }
    for (const child of childrenOf(node).reverse()) {
      todo.push(child);
      left.push(false);
    }
  }
}

function exitsOf(calls: Record<string, Call>): Record<string, Call> {
  const exits: Record<string, Call> = { __proto__: null } as never;
  for (const name of Object.keys(calls)) {
    if (name.endsWith(":exit")) exits[name.slice(0, -":exit".length)] = calls[name];
  }
  return exits;
}

function childrenOf(node: Visited): Visited[] {
  const children: Visited[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Visited | (Visited | null)[] | null | undefined>)[key];
    if (!child) continue;
    if (!("length" in child)) children.push(child);
    else for (const each of child) if (each) children.push(each);
  }
  return children;
}
