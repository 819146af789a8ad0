import type * as ast from "oxc-parser";
import type { VisitorObject } from "oxc-parser";
import { Map } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { visit } from "./visit.ts";

const { paused, alive, resumed, never, owned } = HOST;

/** What is put into a text, each with something that no author writes: so it can be taken out again. */
const BEFORE_AWAIT: string = `${resumed}(${alive}(${paused}(),`;
const AFTER_AWAIT = `)||await ${never}()/*$$*/)`;
const BEFORE_CALLBACK: string = `${owned}(`;
/** Closes a call of the host that was put around something of the author's. */
export const END = "/*$$*/)";
const OPEN: string = `{/*$$*/let $$line=${paused}();`;
const CHECK: string = `${alive}($$line)||await ${never}();`;
const CLOSE: string = "/*$$*/}";
const OPEN_BODY = "{/*$$*/";

/** All that `guardAwaits` inserts, in the order in which it can be removed. */
export const INSERTED: readonly string[] = [
  BEFORE_AWAIT,
  AFTER_AWAIT,
  BEFORE_CALLBACK,
  END,
  OPEN,
  CHECK,
  CLOSE,
  OPEN_BODY,
];

/** An `await` of the kernel's own on behalf of a cell. */
export function guardedAwait(awaited: string): string {
  return `${BEFORE_AWAIT}await ${awaited}${AFTER_AWAIT}`;
}

/** Methods that call what they are given later, from no code of the author's. */
const LATER = /^(?:then|catch|finally|nextTick)$/;

const MAY_COME_BACK = /await|then|catch|finally|nextTick/;

/** A quick look: where it says no, nothing is to be guarded. */
export function mayComeBack(code: string): boolean {
  return MAY_COME_BACK.test(code);
}

/**
 * Lets an interrupt end what awaits. V8 can stop code that runs, but what waits would come back later and go on. So
 * each `await` asks on its return, also by a rejection that is caught and in each turn of a `for await`, whether its
 * cell was stopped meanwhile; if so it awaits what never comes, and nothing of the author's runs any more. (Another
 * termination would take along what other cells have in line: V8 drops all microtasks. async_hooks could tell as well,
 * but node aborts when code is stopped while its hook stack is not empty: tried.)
 */
export function guardAwaits(program: ast.Program, code: string, edits: Edits): void {
  if (!mayComeBack(code)) return;
  const place: Place = { tries: [], labels: new Map(), inserts: [] };
  const enter = () => void place.tries.push(undefined);
  const leave = () => void place.tries.pop();
  visit(program, {
    FunctionDeclaration: enter,
    "FunctionDeclaration:exit": leave,
    FunctionExpression: enter,
    "FunctionExpression:exit": leave,
    ArrowFunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    LabeledStatement: ({ start, body }) => void place.labels.set(body.start, place.labels.get(start) ?? start),
    ...plainAwaits(place),
    ...loops(place),
    ...rejections(place),
    ...callbacks(place),
  });
  for (const { at, text } of place.inserts) edits.insert(at, text);
}

/** What is known of the present place of the visit. */
interface Place {
  /** For each `try` around it; undefined where a function begins. */
  tries: (Try | undefined)[];
  /** Where the labels of a statement begin, by its own start. */
  labels: Map<number, number>;
  /** In the order of the visit, which is theirs where several have one place. */
  inserts: Insert[];
}

interface Try {
  awaits: boolean;
  /** Left empty where it turns out that it does not await. */
  opening: Insert[];
}

interface Insert {
  at: number;
  text: string;
}

function awaitsAt({ tries }: Place): void {
  const around = tries.slice(tries.lastIndexOf(undefined) + 1);
  for (const each of around) if (each) each.awaits = true;
}

function insert({ inserts }: Place, at: number, text: string): Insert {
  const made = { at, text };
  inserts.push(made);
  return made;
}

function plainAwaits(place: Place): VisitorObject {
  return {
    AwaitExpression: ({ start }) => {
      awaitsAt(place);
      insert(place, start, BEFORE_AWAIT);
    },
    "AwaitExpression:exit": ({ end }) => void insert(place, end, AFTER_AWAIT),
  };
}

function loops(place: Place): VisitorObject {
  return {
    ForOfStatement: ({ await: awaits, start, body }) => {
      if (!awaits) return;
      awaitsAt(place);
      insert(place, place.labels.get(start) ?? start, OPEN);
      if (body.type === "BlockStatement") insert(place, body.start + 1, CHECK);
      else insert(place, body.start, OPEN_BODY + CHECK);
    },
    "ForOfStatement:exit": ({ await: awaits, end, body }) => {
      if (awaits) insert(place, end, `${body.type === "BlockStatement" ? "" : CLOSE}${CHECK}${CLOSE}`);
    },
  };
}

function rejections(place: Place): VisitorObject {
  return {
    TryStatement: ({ start, handler, finalizer }) => {
      const open = insert(place, place.labels.get(start) ?? start, OPEN);
      const checks = [handler?.body, finalizer].flatMap(block => (block ? insert(place, block.start + 1, CHECK) : []));
      place.tries.push({ awaits: false, opening: [open, ...checks] });
    },
    "TryStatement:exit": ({ end }) => {
      const { awaits, opening } = place.tries.pop() as Try;
      if (awaits) insert(place, end, CLOSE);
      else for (const each of opening) each.text = "";
    },
  };
}

function callbacks(place: Place): VisitorObject {
  const given = ({ callee, arguments: all }: ast.CallExpression) =>
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && LATER.test(callee.property.name)
      ? all.filter(each => each.type !== "SpreadElement")
      : [];
  return {
    CallExpression: node => {
      for (const { start } of given(node)) insert(place, start, BEFORE_CALLBACK);
    },
    "CallExpression:exit": node => {
      for (const { end } of given(node)) insert(place, end, END);
    },
  };
}
