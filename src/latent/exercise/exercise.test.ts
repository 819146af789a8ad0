import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";
import type { MimeBundle } from "../display/host.ts";
import { answered, judge, type Trial } from "./judge.ts";
import { NotTried, todo } from "./todo.ts";

const { skip, loaded } = await whereEngine(() => import("../index.ts"));
const { exercise, tf } = loaded;

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
let shown: MimeBundle[] = [];
beforeEach(() => {
  shown = [];
  host[place] = { display: (bundle: MimeBundle) => shown.push(bundle) };
});
afterEach(() => {
  delete host[place];
});

const text = (bundle: MimeBundle | undefined) => String(bundle?.["text/plain"]);

/** Verdict on an attempt that returned `got` for the questions 1, 2, 3, whose answers are 10, 20, 30. */
function reasonOf(got: (question: number) => unknown, mistakes?: (question: number) => Trial["mistakes"]): string {
  const trials = [1, 2, 3].map(question => {
    const ideas = mistakes?.(question);
    const trial: Trial = { given: `n = ${question}`, got: got(question) as number, expected: 10 * question };
    return ideas ? { ...trial, mistakes: ideas } : trial;
  });
  const verdict = judge(trials.map(answered));
  return verdict.status === "wrong" ? verdict.reason : verdict.status;
}

const forms: [title: string, got: (question: number) => unknown, said: RegExp][] = [
  ["a right answer is right", n => 10 * n, /^right$/],
  ["an answer within the tolerance is right", n => 10.005 * n, /^right$/],
  ["a wrong answer is told what was given, expected and got", n => n, /^For n = 1: expected 10, got 1\.$/],
  ["an answer that is right once only is wrong", n => (n === 1 ? 10 : n), /For n = 2/],
  ["a constant is told that it does not depend on the question", () => 7, /the same for every question/],
  ["nothing is told that nothing was returned", () => undefined, /Nothing was returned/],
  ["NaN is told where it comes from", () => Number.NaN, /NaN comes from/],
  ["a list is not a number", () => [1, 2], /Expected is a number, not a list/],
  ["a list of one is not a number", n => [10 * n], /Expected is a number, not a list/],
  ["text is no number", () => "10", /no number/],
  ["a tensor is told how to be read", () => ({ dataSync: () => [10] }), /dataSync/],
];
for (const [title, got, said] of forms) test(title, () => assert.match(reasonOf(got), said));

test("a count that is off by one is wrong, however large it is", () => {
  const counted = (got: number) => judge([answered({ given: "a", got, expected: 105_247 })]).status;
  assert.deepEqual([105_246, 105_247, 105_247.02].map(counted), ["wrong", "right", "right"]);
});

test("a wrong answer is shown with the digits that tell it from the right one", () => {
  const verdict = judge([answered({ given: "a", got: -2108.93, expected: -2108.88, tolerance: 1e-6 })]);
  assert.match(verdict.status === "wrong" ? verdict.reason : "", /^For a: expected −2108\.88, got −2108\.93\.$/);
});

test("a wrong idea that fits every question is named", () => {
  assert.match(
    reasonOf(
      n => 20 * n,
      n => ({ "You doubled.": 20 * n, "You halved.": 5 * n }),
    ),
    /got 20\. You doubled\.$/,
  );
});

test("an infinite wrong idea is named where infinity was returned, and nowhere else", () => {
  const overflowed = () => ({ "It overflows.": Number.POSITIVE_INFINITY });
  assert.match(
    reasonOf(n => 20 * n, overflowed),
    /got 20\.$/,
  );
  assert.match(
    reasonOf(() => Number.POSITIVE_INFINITY, overflowed),
    /It overflows\.$/,
  );
});

test("a wrong idea that fits one question by chance is not named", () => {
  assert.doesNotMatch(
    reasonOf(
      n => n + 19,
      n => ({ "You doubled.": 20 * n }),
    ),
    /doubled/,
  );
});

test("null in a wrong idea fits any number", () => {
  const trial: Trial = {
    given: "a",
    got: [1, 7],
    expected: [1, 2],
    mistakes: { "Only the second is wrong.": [1, null] },
  };
  const verdict = judge([answered(trial)]);
  assert.match(verdict.status === "wrong" ? verdict.reason : "", /Only the second is wrong/);
});

test("a message shows a matrix row by row, a large one as the beginning of its numbers", { skip }, () => {
  const reason = (got: Trial["got"], expected: Trial["expected"]) => {
    const verdict = judge([answered({ given: "a", got, expected })]);
    return verdict.status === "wrong" ? verdict.reason : verdict.status;
  };
  const square = [
    [1, 2],
    [3, 4],
  ];
  assert.match(reason([1, 3], square), /expected \[\[1, 2\], \[3, 4\]\], got \[1, 3\]/);
  const cube = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  assert.match(reason(cube.neg(), cube), /a tensor \[2, 2, 2\] of \[\[1, 2\], \[3, 4\]\], \[\[5, 6\], \[7, 8\]\], got/);
  assert.match(reason(tf.zeros([5, 3]), tf.ones([5, 3])), /got a tensor \[5, 3\] of 0, 0, 0(, 0)+, …\./);
  assert.match(reason([[1, 2], [3]] as never, square), /got \[1, 2, 3\]/);
});

test("an answer has the shape that is asked, whatever its numbers", { skip }, () => {
  const reason = (got: Trial["got"], expected: Trial["expected"], mistakes: Trial["mistakes"] = {}) => {
    const verdict = judge([answered({ given: "a", got, expected, mistakes })]);
    return verdict.status === "wrong" ? verdict.reason : verdict.status;
  };
  const matrix = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  assert.equal(reason(matrix.clone(), matrix), "right");
  assert.match(reason(matrix.flatten(), matrix), /Expected is the shape \[2, 3\], not \[6\]\./);
  assert.match(reason([1, 2, 3, 4, 5, 6], matrix), /Expected is a tensor, not a list\./);
  assert.match(reason(matrix, [1, 2, 3, 4, 5, 6]), /A tensor is no list yet/);
  assert.match(
    reason(
      [1, 2, 3, 4, 5, 6],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ),
    /Expected is the shape \[2, 3\], not \[6\]\./,
  );
  assert.match(
    reason(
      [[1, 2, 3], [4]],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ),
    /shape \[2, 3\], not \[2\]/,
  );
  assert.match(reason([1, 2], [1]), /Expected are 1 numbers, not 2\./);
  assert.match(reason(matrix.transpose(), matrix, { "That is its transpose.": matrix.transpose() }), /its transpose/);
  assert.equal(reason(new Float32Array([1, 2]) as never, [1, 2]), "right");
});

test("todo is a value of any type to the compiler, and throws", () => {
  const answer = (given: number): number => todo(given);
  assert.throws(() => answer(1), NotTried);
});

test("an untouched starter is not tried yet: it does not throw and counts apart", { skip }, async () => {
  const sheet = exercise.sheet("Exercises");
  await sheet.check("1", () => ({ given: "", got: exercise.todo(), expected: 1 }));
  await sheet.check("2", draw => {
    const n = draw.number(0, 1);
    return { given: `${n}`, got: 2 * n, expected: 2 * n };
  });
  assert.deepEqual(shown.map(text), ["… not tried yet · 1", "✓ right · 2 · 5 random questions answered"]);
  assert.match(text(sheet.bundle()), /^Exercises: 1 right, 0 wrong, 1 not tried yet\n/);
});

test("a wrong answer is shown, counted, and fails the cell", { skip }, async () => {
  const sheet = exercise.sheet("Exercises");
  const wrong = sheet.check("1", () => ({ given: "a", got: 2, expected: 1 }));
  await assert.rejects(wrong, { name: "ExerciseFailed", message: /1: For a: expected 1, got 2/ });
  assert.match(text(shown[0]), /✗ wrong · 1 · For a/);
  assert.match(text(sheet.bundle()), /0 right, 1 wrong/);
});

test("an answer that throws is wrong, with what it said", { skip }, async () => {
  const sheet = exercise.sheet("Exercises");
  const broken = sheet.check("1", () => {
    throw new Error("shapes differ");
  });
  await assert.rejects(broken, /Your code stopped with an error: shapes differ/);
});

test("a check leaves no tensors behind, whatever the attempt made", { skip }, async () => {
  const before = tf.memory().numTensors;
  await exercise.sheet("Exercises").check("1", draw => {
    draw.symmetric([3, 2, 1]);
    return { given: "", got: 1, expected: 1 };
  });
  assert.equal(tf.memory().numTensors, before);
});

test("what is drawn has the shape that its name says, and changes from run to run", { skip }, async () => {
  const drawn: number[] = [];
  for (let run = 0; run < 2; run++) {
    await exercise.sheet("Exercises", { trials: 1 }).check("1", draw => {
      drawn.push(draw.number(0, 1e6));
      const axes = draw.directions(5, 2);
      const off = tf.matMul(axes, axes, true).sub(tf.eye(2)).abs().max().dataSync()[0] as number;
      assert.ok(off < 1e-5);
      const values = draw.descending(4, 1, 2);
      assert.deepEqual(
        [...values].sort((a, b) => b - a),
        values,
      );
      const trace = draw.symmetric(values).mul(tf.eye(4)).sum().dataSync()[0] as number;
      return { given: "", got: trace, expected: values.reduce((sum, value) => sum + value, 0) };
    });
  }
  assert.notEqual(drawn[0], drawn[1]);
});

test("points have the covariance that was asked, around a mean that is not 0", { skip }, async () => {
  await exercise.sheet("Exercises", { trials: 3 }).check("1", draw => {
    const eigenvalues = draw.descending(3, 0.5, 2);
    const points = draw.points(9, eigenvalues);
    const mean = points.mean(0);
    const centred = tf.sub(points, mean) as typeof points;
    const covariance = tf.matMul(centred, centred, true).div(9) as typeof points;
    assert.ok((mean.abs().max().dataSync()[0] as number) > 0.1);
    const got = Array.from(loaded.linalg.eigh(covariance).values.dataSync());
    return { given: "", got, expected: eigenvalues };
  });
});

test("a shuffled list has the same entries, a random matrix can be inverted", { skip }, async () => {
  const orders = new Set<string>();
  await exercise.sheet("Exercises", { trials: 20 }).check("1", draw => {
    const list = draw.shuffled([1, 2, 3, 4]);
    orders.add(String(list));
    const least = loaded.linalg.svd(draw.invertible(3)).s.min().dataSync()[0] as number;
    assert.ok(least > 0.4);
    return { given: "", got: [...list].sort(), expected: [1, 2, 3, 4] };
  });
  assert.ok(orders.size > 5);
});

test("a graded question adds up the points of its parts and goes on after a wrong one", { skip }, async () => {
  const graded = exercise.question("1 · Twice");
  const twice = (n: number) => 2 * n;
  const ask = (answer: (n: number) => number) => (draw: { integer(low: number, high: number): number }) => {
    const n = draw.integer(1, 1000);
    return { given: `${n}`, got: answer(n), expected: twice(n), mistakes: { "That is the square.": n * n } };
  };
  await graded.part(
    1,
    "wrong",
    ask(n => 3 * n),
  );
  await graded.part(2, "right", ask(twice));
  await graded.part(
    2,
    "a known idea",
    ask(n => n * n),
    { credit: { "That is the square.": 0.5 } },
  );
  await graded.part(1, "an error", () => {
    throw new Error("gone");
  });
  assert.equal(graded.score, 2.5);
  assert.match(text(shown[0]), /wrong · 0 of 1 points · For \d+: expected \d+, got \d+/);
  assert.match(text(shown[2]), /0\.5 of 2 points .*That is the square/);
  assert.match(text(shown[3]), /stopped with an error: gone/);
});

test("a graded question gives no wrong idea all its points", { skip }, async () => {
  const ask = () => ({ given: "", got: 1, expected: 1 });
  const credited = exercise.question("1").part(1, "part", ask, { credit: { "An idea.": 1 } });
  await assert.rejects(credited, RangeError);
});

test("whoever grades fixes what is drawn", { skip }, async t => {
  process.env.LATENT_EXERCISE_SEED = "7";
  t.after(() => delete process.env.LATENT_EXERCISE_SEED);
  const drawn: number[] = [];
  const ask = (draw: { number(low: number, high: number): number }) => {
    drawn.push(draw.number(0, 1));
    return { given: "", got: 1, expected: 1 };
  };
  for (let run = 0; run < 2; run++) await exercise.question("1").part(1, "part", ask);
  assert.deepEqual(drawn.slice(0, 5), drawn.slice(5));
});

test("a student who validates with nbgrader does not miss the parts that are hidden", { skip }, async t => {
  process.env.NBGRADER_EXECUTION = "validate";
  t.after(() => delete process.env.NBGRADER_EXECUTION);
  const graded = exercise.question("1");
  await graded.part(1, "right", () => ({ given: "", got: 1, expected: 1 }));
  assert.equal(graded.score, undefined);
  await graded.part(1, "wrong", () => ({ given: "", got: 2, expected: 1 }));
  assert.equal(graded.score, 1);
});
