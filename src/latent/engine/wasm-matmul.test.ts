import assert from "node:assert/strict";
import { before, test } from "node:test";
import type * as tfjs from "@tensorflow/tfjs-node";
import { loadWasm } from "./wasm.ts";

const { tf, ready } = loadWasm("a test asks for it");
before(async () => {
  await ready;
  assert.equal(tf.getBackend(), "wasm");
});

/** What `compute` gives on the CPU backend, whose kernels are plain loops, and on WebAssembly. */
function onBoth(compute: () => tfjs.Tensor): [plain: tfjs.Tensor, wasm: tfjs.Tensor] {
  const [plain, wasm] = ["cpu", "wasm"].map(backend => {
    tf.setBackend(backend);
    const result = tf.tidy(compute);
    const values = result.dataSync();
    const { shape } = result;
    result.dispose();
    return { values, shape };
  });
  tf.setBackend("wasm");
  return [plain, wasm].map(each => tf.tensor(each?.values ?? [], each?.shape)) as [tfjs.Tensor, tfjs.Tensor];
}

function expectEqual(what: string, compute: () => tfjs.Tensor): void {
  const [plain, wasm] = onBoth(compute);
  assert.deepEqual(wasm.shape, plain.shape, what);
  const [expected, ours] = [plain.dataSync(), wasm.dataSync()];
  const size = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    assert.ok(Math.abs((ours[i] as number) - value) <= 2e-6 * size, `${what}, ${i}: ${ours[i]}, not ${value}`);
  });
  tf.dispose([plain, wasm]);
}

const random = (shape: readonly number[], seed: number): tfjs.Tensor =>
  tf.randomNormal([...shape], 0, 1, "float32", seed);

/** The shape of one side: `[…batch, rows, columns]`, or with these two exchanged. */
const side = (batch: readonly number[], rows: number, columns: number, transposed: boolean): number[] =>
  transposed ? [...batch, columns, rows] : [...batch, rows, columns];

const SIZES = [
  [1, 1, 1],
  [1, 100, 1],
  [3, 100, 2],
  [1, 60, 40],
  [40, 60, 1],
  [17, 19, 23],
  [64, 49, 33],
  [128, 96, 30],
] as const;
const BATCHES = [
  [[], []],
  [[1], [1]],
  [[5], [5]],
  [[5], [1]],
  [[1], [5]],
  [
    [2, 1],
    [1, 3],
  ],
  [[2, 3], [3]],
  [[3], [2, 1]],
] as const;
const TURNS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

test("every product, batched or broadcast, with sides transposed or not, is that of a plain loop", () => {
  for (const [m, k, n] of SIZES) {
    for (const [batchA, batchB] of BATCHES) {
      for (const [transposeA, transposeB] of TURNS) {
        // the CPU backend takes [2, 1] and [1, 3] for three as well: both sides are spread out for it
        const batch = tf.backend_util.assertAndGetBroadcastShape([...batchA], [...batchB]);
        const spread = (x: tfjs.Tensor): tfjs.Tensor =>
          tf.getBackend() === "cpu" ? tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)]) : x;
        expectEqual(`[${batchA}] [${batchB}] ${m}·${k}·${n} ${transposeA} ${transposeB}`, () =>
          tf.matMul(
            spread(random(side(batchA, m, k, transposeA), 1)),
            spread(random(side(batchB, k, n, transposeB), 2)),
            transposeA,
            transposeB,
          ),
        );
      }
    }
  }
});

test("products without rows, columns or anything to add up are empty or zero", () => {
  for (const [m, k, n] of [
    [0, 3, 2],
    [3, 0, 2],
    [3, 2, 0],
  ] as const) {
    for (const [transposeA, transposeB] of TURNS) {
      const compute = () =>
        tf.matMul(tf.ones(side([], m, k, transposeA)), tf.ones(side([], k, n, transposeB)), transposeA, transposeB);
      const result = compute();
      assert.deepEqual([result.shape, [...result.dataSync()]], [[m, n], new Array(m * n).fill(0)]);
    }
  }
  assert.throws(() => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3])), /inner/i);
});

const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const;

test("a fused product adds its bias once and then activates, for every shape, bias and activation", () => {
  for (const [m, k, n] of [
    [2, 100, 3],
    [3, 49, 1],
    [1, 200, 5],
    [40, 97, 30],
  ] as const) {
    for (const [batchA, batchB] of [
      [[], []],
      [[4], [1]],
      [[4], [4]],
      [[1], [4]],
    ] as const) {
      for (const [transposeA, transposeB] of TURNS) {
        for (const [i, activation] of ACTIVATIONS.entries()) {
          for (const bias of [undefined, [n], i % 2 === 0 ? [1, n] : []]) {
            expectEqual(
              `[${batchA}] [${batchB}] ${m}·${k}·${n} ${transposeA} ${transposeB} ${activation} bias [${bias}]`,
              () =>
                tf.fused.matMul({
                  a: random(side(batchA, m, k, transposeA), 1) as tfjs.Tensor3D,
                  b: random(side(batchB, k, n, transposeB), 2) as tfjs.Tensor3D,
                  transposeA,
                  transposeB,
                  ...(bias ? { bias: random(bias, 3) } : {}),
                  activation,
                  ...(activation === "prelu" ? { preluActivationWeights: random([n], 4) } : {}),
                  ...(activation === "leakyrelu" ? { leakyreluAlpha: 0.3 } : {}),
                }),
            );
          }
        }
      }
    }
  }
});

test("100 ones times 100 ones with a bias of 1 are 101", () => {
  const [a, b] = [tf.ones([2, 100]), tf.ones([3, 100])] as [tfjs.Tensor2D, tfjs.Tensor2D];
  const result = tf.fused.matMul({ a, b, transposeB: true, bias: tf.ones([3]) });
  assert.deepEqual([...result.dataSync()], [101, 101, 101, 101, 101, 101]);
});

test("the gradients of a dense layer and of attention are those of the CPU backend", () => {
  for (const shapes of [
    [
      [64, 100],
      [100, 30],
    ],
    [
      [4, 33, 20],
      [4, 20, 33],
    ],
  ] as const) {
    for (const which of [0, 1]) {
      expectEqual(`gradient ${which} of [${shapes[0]}] · [${shapes[1]}]`, () => {
        const [x, w] = shapes.map((shape, i) => random(shape, i + 1)) as [tfjs.Tensor2D, tfjs.Tensor2D];
        return tf.grads((x, w) =>
          tf
            .matMul(x as tfjs.Tensor2D, w as tfjs.Tensor2D)
            .square()
            .sum(),
        )([x, w])[which] as tfjs.Tensor;
      });
    }
  }
});

test("products leave no tensors and no memory behind, and see every new value of a variable", () => {
  const w = tf.variable(random([60, 40], 1));
  const x = random([50, 60], 2) as tfjs.Tensor2D;
  const batch = random([6, 40, 30], 3) as tfjs.Tensor3D;
  const step = (): void => {
    tf.tidy(() => {
      const y = tf.matMul(x, w as tfjs.Tensor2D);
      tf.matMul(x, y, true);
      tf.matMul(batch, batch, false, true);
      w.assign(tf.add(w, 1));
    });
  };
  step();
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  for (let i = 0; i < 20; i++) step();
  const after = tf.memory();
  assert.deepEqual([after.numTensors, after.numBytes, after.numDataBuffers], [numTensors, numBytes, numDataBuffers]);
  const ones = tf.ones([20, 60]);
  const before = tf.matMul(ones, w as tfjs.Tensor2D).dataSync()[0] as number;
  w.assign(tf.add(w, 2));
  assert.ok(Math.abs((tf.matMul(ones, w as tfjs.Tensor2D).dataSync()[0] as number) - before - 120) < 1e-2);
});
