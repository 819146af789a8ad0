import assert from "node:assert/strict";
import test from "node:test";
import { Background } from "./background.ts";
import type { Problem } from "./diagnostics.ts";
import type { Language } from "./language.ts";

const PROBLEM: Problem = { code: 1, message: "Wrong.", line: 1, column: 1, start: 0, end: 1 };

/** A background whose language only writes down what it is asked, and finds fault with every text that has a `?`. */
function scripted({ checks = true, wait = async () => {} } = {}) {
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
  };
  const shown: string[] = [];
  let show: () => void = () => {};
  const background = new Background(
    async () => {
      await wait();
      return language as unknown as Language;
    },
    cell => {
      shown.push(cell);
      show();
    },
    { checks },
  );
  const warned = () =>
    new Promise<void>(resolve => {
      show = resolve;
    });
  const end = (code: string, silent = false) => background.ended({ id: `id ${code}`, code, silent });
  return { background, calls, shown, warned, end };
}

test("one cell is checked before its names are known, and shown in that cell", async () => {
  const { calls, shown, warned, end, background } = scripted();
  const isWarned = warned();
  end("a?");
  await isWarned;
  await background.settled();
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
  const { calls, end, background } = scripted({ wait });
  end("a");
  await begins;
  const answered = background.settled();
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
  const { background, calls, end } = scripted();
  end("a");
  await background.settled();
  assert.deepEqual(calls, ["learn together a"]);
});

test("a silent cell gets no warning", async () => {
  const { background, shown, end } = scripted();
  end("quiet?", true);
  await background.settled();
  assert.deepEqual(shown, []);
});

test("without checks cells are only remembered, until somebody asks", async () => {
  const { background, calls, shown, end } = scripted({ checks: false });
  end("a?");
  assert.deepEqual(calls, []);
  await background.settled();
  assert.deepEqual([calls, shown], [["learn a?"], []]);
});
