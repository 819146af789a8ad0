// %% [markdown]
// # Homework 00 · A sample

// %%
import { exercise, tf } from "latent";

// %% homework={"role":"given","id":"given"}
const offset = 0;

// %% homework={"role":"answer","id":"q1"}
function mean(numbers: number[]): number {
  // BEGIN SOLUTION
  return numbers.reduce((sum, number) => sum + number, offset) / numbers.length;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q1-tests","points":3}
const q1 = exercise.question("1 · Mean");
await q1.part(1, "two numbers", () => ({ given: "1 and 3", got: mean([1, 3]), expected: 2 }));
// BEGIN HIDDEN TESTS
const sumOf = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
await q1.part(
  2,
  "any numbers",
  draw => {
    const numbers = Array.from({ length: draw.integer(2, 9) }, () => draw.number(-5, 5));
    const expected = sumOf(numbers) / numbers.length;
    return { given: `${numbers}`, got: mean(numbers), expected, mistakes: { "That is the sum.": sumOf(numbers) } };
  },
  { credit: { "That is the sum.": 0.5 } },
);
// END HIDDEN TESTS
q1.score;

// %% homework={"role":"answer","id":"q2"}
/** f applied n times to x. */
async function iterate(f: (x: number) => number, x: number, n: number): Promise<number> {
  // BEGIN SOLUTION
  return n === 0 ? x : await iterate(f, f(x), n - 1);
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q2-tests","points":2}
const q2 = exercise.question("2 · Iterate");
await q2.part(2, "a line", async draw => {
  const [a, x, n] = [draw.number(0.5, 1.5), draw.number(1, 2), draw.integer(0, 5)];
  const got = await iterate(y => a * y, x, n);
  return { given: `${a}, ${x}, ${n}`, got, expected: x * a ** n };
});
q2.score;

// %% homework={"role":"answer","id":"q3"}
function centred(rows: tf.Tensor2D): tf.Tensor2D {
  // BEGIN SOLUTION
  return tf.sub(rows, rows.mean(0));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q3-tests","points":2}
const q3 = exercise.question("3 · Centred");
await q3.part(2, "any points", draw => {
  const rows = draw.points(draw.integer(5, 9), [2, 1]);
  return { given: "points", got: centred(rows), expected: tf.sub(rows, rows.mean(0)), tolerance: 1e-4 };
});
q3.score;

// %% [markdown] homework={"role":"manual","id":"essay","points":3}
// Why?
//
// <!-- BEGIN SOLUTION -->
// Because.
// <!-- END SOLUTION -->
