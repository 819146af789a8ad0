import assert from "node:assert/strict";
import { test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(() => import("../index.ts"));
const { compile, restartOptimizer, tf } = loaded;

const optimizers = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  adam: () => tf.train.adam(0.1),
  adamax: () => tf.train.adamax(0.1),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  rmsprop: () => tf.train.rmsprop(0.1, 0.9, 0.5),
};

for (const [name, make] of Object.entries(optimizers)) {
  test(`a training after a restart of ${name} is the first one again, eager and compiled`, { skip }, () => {
    for (const compiled of [false, true]) {
      const [weight, optimizer] = [tf.variable(tf.tensor1d([3, -2])), make()];
      const loss = (): import("latent").tf.Scalar => tf.sum(tf.square(weight));
      const step = compiled ? compile(loss, { optimizer }) : () => optimizer.minimize(loss);
      const training = () => {
        weight.assign(tf.tensor1d([3, -2]));
        return Array.from({ length: 4 }, () => {
          step();
          return Array.from(weight.dataSync());
        });
      };
      const first = training();
      restartOptimizer(optimizer);
      assert.equal(optimizer.iterations, 0);
      assert.deepEqual(training(), first, compiled ? "compiled" : "eager");
    }
  });
}

test("what is no optimizer cannot be restarted", { skip }, () => {
  for (const wrong of [undefined, null, {}, 0.1])
    assert.throws(() => restartOptimizer(wrong as never), /restartOptimizer needs an optimizer/);
});
