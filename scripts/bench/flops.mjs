/** A product [rows, input] x [input, output]: a multiplication and an addition for each of its terms. */
const product = (rows, input, output) => 2 * rows * input * output;

/** Forward, and two products of the same size backward; the first layer needs no gradient of its input. */
function dense(batch, sizes) {
  return sizes.slice(1).reduce((sum, units, i) => sum + (i === 0 ? 2 : 3) * product(batch, sizes[i], units), 0);
}

const families = {
  dense: ({ batch, width = 256, depth = 1 }) => {
    const side = Array(depth).fill(width);
    return dense(batch, [784, ...side, 32, ...side, 784]);
  },
  vae: ({ batch }) =>
    dense(batch, [784, 256, 128, 4]) +
    3 * product(batch, 2, 128) +
    dense(batch, [128, 256, 784]) +
    product(batch, 128, 256),
  svae: ({ batch }) =>
    dense(batch, [784, 256, 128, 4]) +
    3 * product(batch, 3, 128) +
    dense(batch, [128, 256, 784]) +
    product(batch, 128, 256),
  conv: ({ batch }) => {
    const [first, second, last] = [
      product(batch * 196, 9, 16),
      product(batch * 49, 9 * 16, 32),
      product(batch * 196, 9, 16),
    ];
    return 2 * first + 3 * second + 3 * product(batch, 1568, 30) * 2 + 3 * second + 3 * last;
  },
  lstm: ({ batch }) => {
    const steps = 28 * batch;
    const [encoder, decoder] = [2 * product(steps, 28, 256), 3 * product(batch, 16, 256)];
    const recurrent = 2 * 3 * product(steps, 64, 256);
    return encoder + decoder + recurrent + 3 * product(batch, 64, 16) + 3 * product(steps, 64, 28);
  },
  transformer: ({ batch }) => {
    const rows = 28 * batch;
    const block =
      product(rows, 64, 192) + product(rows, 64, 64) + 2 * product(rows, 64, 256) + 2 * product(rows * 2, 32, 28);
    return 3 * (4 * block + product(rows, 28, 64) + product(rows, 64, 28) + 2 * product(batch, 28 * 64, 16));
  },
  rbm: ({ batch }) => 5 * product(batch, 784, 500),
};

/** Floating-point operations of the products in one training step. */
export function flops(family, size) {
  return families[family]?.(size);
}
