import assert from "node:assert/strict";
import test from "node:test";
import type { Outcome } from "../../interpreter/index.ts";
import type { Problem } from "./diagnostics.ts";
import type { Language } from "./language.ts";
import { Types } from "./types.ts";

const PROBLEM: Problem = { code: 1, message: "Wrong.", line: 1, column: 1, start: 0, end: 1 };
const WELL: Outcome = { status: "ok", userExpressions: {} };

/** Types whose language only writes down what it is asked, and finds fault with every text that has a `?`. */
function scripted({ env = {}, wait = async () => {} } = {}) {
  const calls: string[] = [];
  const problems = (text: string) => (text.includes("?") ? [PROBLEM] : []);
  const language = {
    check: async (code: string) => {
      calls.push(`check ${code}`);
      await new Promise(resolve => setImmediate(resolve));
      return problems(code);
    },
    learn: (code: string) => calls.push(`learn ${code}`),
    learnAll: (codes: string[]) => {
      calls.push(`learn together ${codes}`);
      return codes.map(text => ({ text }));
    },
    problems: async ({ text }: { text: string }) => problems(text),
    warm: async () => calls.push("warm"),
    complete: async () => ({ matches: [], start: 0, end: 0 }),
  };
  const shown: string[] = [];
  let show: () => void = () => {};
  const load = async () => {
    await wait();
    return language as unknown as Language;
  };
  const output = (cell: string) => {
    shown.push(cell);
    show();
  };
  const types = new Types("", output, { env, load });
  const warned = () =>
    new Promise<void>(resolve => {
      show = resolve;
    });
  const end = (code: string, { silent = false, outcome = WELL } = {}) =>
    types.ended({ id: `id ${code}`, code, silent }, outcome);
  const asked = () => types.complete("", 0);
  return { calls, shown, warned, end, asked };
}

test("one cell is checked before its names are known, and shown in that cell", async () => {
  const { calls, shown, warned, end, asked } = scripted();
  const isWarned = warned();
  end("a?");
  await isWarned;
  await asked();
  assert.deepEqual(shown, ["id a?"]);
  assert.deepEqual(calls, ["check a?", "learn a?", "warm"]);
});

test("a question that comes while a cell is about to be checked waits until its names are known", async () => {
  let begin: () => void = () => {};
  let go: () => void = () => {};
  const begins = new Promise<void>(resolve => {
    begin = resolve;
  });
  const gate = new Promise<void>(resolve => {
    go = resolve;
  });
  const wait = () => {
    begin();
    return gate;
  };
  const { calls, end, asked } = scripted({ wait });
  end("a");
  await begins;
  const answered = asked();
  go();
  await answered;
  assert.deepEqual(calls.slice(0, 2), ["check a", "learn a"]);
});

test("cells that end one upon another are taken in together", async () => {
  const { calls, shown, warned, end } = scripted();
  const isWarned = warned();
  for (const code of ["a", "b", "c?"]) end(code);
  await isWarned;
  assert.deepEqual(shown, ["id c?"]);
  assert.deepEqual(calls, ["learn together a,b,c?"]);
});

test("a question about names does not wait for the quiet", async () => {
  const { calls, end, asked } = scripted();
  end("a");
  await asked();
  assert.deepEqual(calls, ["learn together a"]);
});

test("a silent cell gets no warning", async () => {
  const { shown, end, asked } = scripted();
  end("quiet?", { silent: true });
  await asked();
  assert.deepEqual(shown, []);
});

test("without checks cells are only remembered, until somebody asks", async () => {
  const { calls, shown, end, asked } = scripted({ env: { LATENT_TYPES: "off" } });
  end("a?");
  assert.deepEqual(calls, []);
  await asked();
  assert.deepEqual([calls, shown], [["learn a?"], []]);
});

test("a cell that did not run, or whose process is gone, leaves no names", async () => {
  const { calls, end, asked } = scripted();
  for (const ename of ["SyntaxError", "TypeScriptError", "ProcessExited"])
    end(ename, { outcome: { status: "error", ename, evalue: "", traceback: [] } });
  end("Error", { outcome: { status: "error", ename: "Error", evalue: "", traceback: [] } });
  await asked();
  assert.deepEqual(calls, ["learn together Error"]);
});
