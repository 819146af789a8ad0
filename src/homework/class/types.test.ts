import assert from "node:assert/strict";
import { test } from "node:test";
import { typeErrors } from "./types.ts";

test("type errors are reported as the compiler says them, by cell and line, and names may be declared again", async () => {
  const limit = 1000;
  const right = { id: "q1", limit, source: 'import { exercise } from "latent";\nconst f = (x: number) => 2 * x;' };
  const again = { limit, source: 'import { exercise } from "latent";\nfunction f(x: number): number { return x; }' };
  const wrong = { id: "q2", limit, source: '// two lines\nf("1");' };
  const runnable = (...cells: { id?: string; limit: number; source: string }[]) => ({ cells, before: {} });
  const errors = await typeErrors([
    { key: "a", runnable: runnable(right, again) },
    { key: "b", runnable: runnable(right, wrong) },
  ]);
  assert.deepEqual(Object.fromEntries(errors), {
    a: [],
    b: ["cell q2, line 2: TS2345: Argument of type 'string' is not assignable to parameter of type 'number'."],
  });
});
