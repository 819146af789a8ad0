// %% answer={"to":"q1","idea":"right","style":"recursion"}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  const last = layers.length - 1;
  const up = (h: tf.Tensor2D, l: number): tf.Tensor2D => {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, layers[l].weights), layers[l].bias);
    return l === last ? a : up(tf.tanh(a), l + 1);
  };
  const down = (g: tf.Tensor2D, l: number): tf.Tensor2D => {
    const turned = tf.transpose(layers[l].weights);
    const a: tf.Tensor2D = tf.add(tf.matMul(g, turned), layers[l].back);
    return l === 0 ? tf.sigmoid(a) : down(tf.tanh(a), l - 1);
  };
  const code = up(x, 0);
  return { code, image: down(code, last) };
}

// %% answer={"to":"q1","idea":"tanh on the code","says":"The code is linear","most":0}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"tanh on the code before it is decoded","says":"no tanh before it is decoded","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = tf.tanh(h);
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"no tanh on the way up","says":"All layers but the last","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = a;
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"no tanh on the way back","says":"on the way back","most":2}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : a;
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"logistic units on the way up","says":"tanh, not the logistic function","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.sigmoid(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"logistic units on the way back","says":"Only the image is logistic","most":2}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = tf.sigmoid(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"image with tanh","says":"The image is logistic","most":2}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"image linear","says":"Give the image its logistic function","most":2}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? a : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"no biases on the way up","says":"Add the biases","most":0}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.matMul(h, weights);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"no biases on the way back","says":"biases of its own","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.matMul(g, weights, false, true);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"encoder's bias on the way back","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), bias.mean());
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"back in the first order","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"logistic at the wrong end","most":2}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === layers.length - 1 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"only the first layer","most":1}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  layers = layers.slice(0, 1);
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
}

// %% answer={"to":"q1","idea":"transposed images","most":0}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: tf.transpose(h), image: tf.transpose(g) };
}

// %% answer={"to":"q1","idea":"code and image exchanged","most":0}
interface TiedLayer {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
  back: tf.Tensor1D;
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, bias, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: g, image: h };
}

// %% answer={"to":"q2","idea":"right","style":"adds up output by output"}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"filter turned round","says":"not turned round","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(
        filter.flatMap((row, u) =>
          row.map((f, v) => filter[m - 1 - u][n - 1 - v] * image[a * t + u][b * t + v]),
        ),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"stride ignored","says":"moves t pixels","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a + u][b + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"averaged","says":"do not average","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(
        filter.flatMap((row, u) =>
          row.map((f, v) => (f * image[a * t + u][b * t + v]) / (m * n)),
        ),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"stride inside the filter","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(
        filter.flatMap((row, u) =>
          row.map((f, v) => f * (image[a + u * t]?.[b + v * t] ?? 0)),
        ),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"image transposed","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(
        filter.flatMap((row, u) =>
          row.map((f, v) => f * (image[b * t + v]?.[a * t + u] ?? 0)),
        ),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"outputs of stride 1","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  return range(image.length - m + 1).map(a =>
    range(image[0].length - n + 1).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a + u][b + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"one output short","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t));
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"outputs rounded up","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.ceil((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(
        filter.flatMap((row, u) =>
          row.map((f, v) => f * (image[a * t + u]?.[b * t + v] ?? 0)),
        ),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"square filters only","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter.length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"square images only","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image.length, n).map(b =>
      sum(
        filter.flatMap((row, u) => row.map((f, v) => f * (image[a * t + u][b * t + v] ?? 0))),
      ),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  const gradient = range(sides[0]).map(() => range(sides[1]).map(() => 0));
  for (const [a, row] of slopes.entries()) {
    for (const [b, slope] of row.entries()) {
      for (const u of range(sides[0])) {
        for (const v of range(sides[1]))
          gradient[u][v] += slope * image[a * t + u][b * t + v];
      }
    }
  }
  return gradient;
}

// %% answer={"to":"q2","idea":"gradient as for stride 1","says":"t pixels apart","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(slopes.flatMap((row, a) => row.map((slope, b) => slope * image[a + u][b + v]))),
    ),
  );
}

// %% answer={"to":"q2","idea":"stride in the filter","says":"belongs to the outputs","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map((slope, b) => slope * (image[a + u * t]?.[b + v * t] ?? 0)),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"mean over the outputs","says":"the filter is shared","most":3}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map(
            (slope, b) =>
              (slope * image[a * t + u][b * t + v]) / (slopes.length * slopes[0].length),
          ),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"turned round","says":"turned round","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map(
            (slope, b) => slope * image[a * t + sides[0] - 1 - u][b * t + sides[1] - 1 - v],
          ),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"minus","says":"against the gradient","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map((slope, b) => -slope * image[a * t + u][b * t + v]),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"pixels without slopes","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map((slope, b) => 0 * slope + image[a * t + u][b * t + v]),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"only the first output","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[0]).map(u =>
    range(sides[1]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map((slope, b) => (a + b === 0 ? slope * image[u][v] : 0)),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q2","idea":"sides exchanged","most":2}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  const [m, n] = [filter.length, filter[0].length];
  const outputs = (whole: number, part: number) => range(Math.floor((whole - part) / t) + 1);
  return outputs(image.length, m).map(a =>
    outputs(image[0].length, n).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * image[a * t + u][b * t + v]))),
    ),
  );
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  return range(sides[2 - 1]).map(u =>
    range(sides[0]).map(v =>
      sum(
        slopes.flatMap((row, a) =>
          row.map((slope, b) => slope * (image[a * t + u]?.[b * t + v] ?? 0)),
        ),
      ),
    ),
  );
}

// %% answer={"to":"q3","idea":"right","style":"number by number"}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"shows the old cell","says":"not the old c","most":0.5}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(old);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"no tanh of the cell","says":"o times tanh","most":0.5}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * kept[j];
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"gates exchanged","says":"f belongs to the old c","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.input)) * old +
      sigmoid(at(gates.forget)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"previous h not seen","says":"previous h as well","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) => gate.bias[j] + dot(gate.input[j], x);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"biases forgotten","says":"Add the biases","most":0}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) => dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"candidate logistic","says":"candidate has a tanh","most":0}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * sigmoid(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"input gate is 1 − f","says":"not 1 − f","most":0}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      (1 - sigmoid(at(gates.forget))) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"h and c exchanged","says":"The first list is h","most":0}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: kept, c: shown };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"nothing is forgotten","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return old + sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate));
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"output gate forgotten","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"gates without their logistic function","most":0}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return at(gates.forget) * old + at(gates.input) * Math.tanh(at(gates.candidate));
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"recurrent matrix transposed","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] +
    dot(gate.input[j], x) +
    sum(h.map((value, l) => value * gate.recurrent[l][j]));
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"c for h in the gates","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], c);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"same unit for all","most":1}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown.map(() => shown[0]), c: kept.map(() => kept[0]) };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  let state: State = {
    h: new Array<number>(units).fill(0),
    c: new Array<number>(units).fill(0),
  };
  for (let t = 0; t < length; t++) state = lstmStep(sequence[t], state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"reads what fills up","says":"What fills up","most":2.5}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence) state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"from the end","says":"from the first vector to the last","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, length).reverse()) state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"filled up at the front","says":"at the beginning","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(sequence.length - length)) state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"one short","says":"One vector is missing","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, Math.max(0, length - 1)))
    state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"one too many","says":"One vector too many","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, length + 1)) state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q3","idea":"c not passed on","says":"c is passed on","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, length))
    state = lstmStep(x, { h: state.h, c: zeros }, gates);
  return state;
}

// %% answer={"to":"q3","idea":"h not passed on","says":"h is passed on","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, length))
    state = lstmStep(x, { h: zeros, c: state.c }, gates);
  return state;
}

// %% answer={"to":"q3","idea":"only the last vector","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 0);
  return length === 0
    ? { h: zeros, c: zeros }
    : lstmStep(sequence[length - 1], { h: zeros, c: zeros }, gates);
}

// %% answer={"to":"q3","idea":"starts from ones","most":2}
interface Gate {
  input: number[][];
  recurrent: number[][];
  bias: number[];
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  const sums = (gate: Gate, j: number) =>
    gate.bias[j] + dot(gate.input[j], x) + dot(gate.recurrent[j], h);
  const kept = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return (
      sigmoid(at(gates.forget)) * old +
      sigmoid(at(gates.input)) * Math.tanh(at(gates.candidate))
    );
  });
  const shown = c.map((old, j) => {
    const at = (gate: Gate) => sums(gate, j);
    return sigmoid(at(gates.output)) * Math.tanh(kept[j]);
  });
  return { h: shown, c: kept };
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  const zeros = range(units).map(() => 1);
  let state: State = { h: zeros, c: zeros };
  for (const x of sequence.slice(0, length)) state = lstmStep(x, state, gates);
  return state;
}

// %% answer={"to":"q4","idea":"right","style":"running sums"}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  let [total, count] = [0, 0];
  for (const [n, sequence] of logits.entries()) {
    for (const [t, scores] of sequence.entries()) {
      if (!hidden[n][t]) continue;
      const ahead = scores.map(score => score - scores[tokens[n][t]]);
      const most = Math.max(...ahead);
      total += most + Math.log(sum(ahead.map(score => Math.exp(score - most))));
      count++;
    }
  }
  return count === 0 ? 0 : total / count;
}

// %% answer={"to":"q4","idea":"all tokens","says":"Visible tokens do not count","most":0.25}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(losses.flat());
}

// %% answer={"to":"q4","idea":"mean of the sequences' means","says":"not over the sequences","most":2.5}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.filter(row => row.length > 0).map(mean));
}

// %% answer={"to":"q4","idea":"visible tokens","says":"visible ones do not","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(losses.flatMap((row, n) => row.filter((_, t) => !hidden[n][t])));
}

// %% answer={"to":"q4","idea":"sum","says":"Divide by the number of hidden tokens","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return sum(seen.flat());
}

// %% answer={"to":"q4","idea":"divided by all tokens","says":"not of all tokens","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return sum(seen.flat()) / losses.flat().length;
}

// %% answer={"to":"q4","idea":"divided by the sequences","says":"not of sequences","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return sum(seen.flat()) / logits.length;
}

// %% answer={"to":"q4","idea":"bits","says":"natural logarithm","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat()) / Math.LN2;
}

// %% answer={"to":"q4","idea":"sign","says":"A loss is positive","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return -mean(seen.flat());
}

// %% answer={"to":"q4","idea":"overflows","most":2}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) =>
    Math.log(sum(scores.map(Math.exp))) - scores[token];
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"NaN where nothing is hidden","says":"NaN comes from 0/0","most":2}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"logarithm of a probability that became 0","most":2}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    const grades = scores.map(score => Math.exp(score - top));
    return -Math.log(grades[token] / sum(grades));
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"clipped probabilities","most":2}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    const grades = scores.map(score => Math.exp(score - top));
    return -Math.log(Math.max(1e-7, grades[token] / sum(grades)));
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"share of wrong guesses","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const wrong = logits.flatMap((sequence, n) =>
    sequence
      .map((scores, t) => Number(scores.indexOf(Math.max(...scores)) !== tokens[n][t]))
      .filter((_, t) => hidden[n][t]),
  );
  return wrong.length === 0 ? 0 : sum(wrong) / wrong.length;
}

// %% answer={"to":"q4","idea":"one minus the probability","most":0}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    const grades = scores.map(score => Math.exp(score - top));
    return 1 - grades[token] / sum(grades);
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"only the first sequence","most":1}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen[0]);
}

// %% answer={"to":"q4","idea":"previous token as target","most":1}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.map((scores, t) => nats(scores, tokens[n][Math.max(0, t - 1)])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q4","idea":"lengths of the first sequence","most":2}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  const nats = (scores: number[], token: number) => {
    const top = Math.max(...scores);
    return top + Math.log(sum(scores.map(score => Math.exp(score - top)))) - scores[token];
  };
  const losses = logits.map((sequence, n) =>
    sequence.slice(0, logits[0].length).map((scores, t) => nats(scores, tokens[n][t])),
  );
  const seen = losses.map((row, n) => row.filter((_, t) => hidden[n][t]));
  if (seen.flat().length === 0) return 0;
  const mean = (list: number[]) => sum(list) / list.length;
  return mean(seen.flat());
}

// %% answer={"to":"q5","idea":"right","style":"loops"}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const result = q.map(row => row.map(() => 0));
  for (let s = 0; s < length; s++) {
    for (let first = 0; first < q[0].length; first += width) {
      let whole = 0;
      for (let r = 0; r < length; r++) {
        let score = 0;
        for (let j = first; j < first + width; j++) score += q[s][j] * k[r][j];
        const weight = Math.exp(score / Math.sqrt(width));
        whole += weight;
        for (let j = first; j < first + width; j++) result[s][j] += weight * v[r][j];
      }
      for (let j = first; j < first + width; j++) result[s][j] /= whole;
    }
  }
  return result;
}

// %% answer={"to":"q5","idea":"scaled by all columns","says":"the head's own number","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(q[0].length),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"scaled without the root","says":"by the root","most":2}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(r => dot(part(q[s], head), part(k[r], head)) / width);
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"not scaled","says":"divided by the root","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(r => dot(part(q[s], head), part(k[r], head)) / 1);
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"one head always","says":"That is a single head","most":2}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  heads = 1;
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"heads interleaved","says":"neighbouring columns","most":2}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.filter((_, j) => j % heads === head);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length
      ? row.map((_, j) => output(s, j % heads)[Math.floor(j / heads)])
      : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"causal","says":"later ones too","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(Math.min(length, s + 1)).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"the best place only","says":"take the softmax","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Number(score === Math.max(...scores)));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"queries and keys exchanged","says":"exchanged","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(k[s], head), part(q[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"padding is looked at","says":"Nobody looks","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(k.length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"padding speaks","says":"have the output 0","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) => range(heads).flatMap(head => output(s, head)));
}

// %% answer={"to":"q5","idea":"length ignored","says":"and their output is 0","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(k.length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) => range(heads).flatMap(head => output(s, head)));
}

// %% answer={"to":"q5","idea":"last place left out","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(Math.max(1, length - 1)).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"padded scores 0 in place of −∞","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(k.length).map(
      r =>
        ((r < length ? 1 : 0) * dot(part(q[s], head), part(k[r], head))) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"weights not normalised","most":0}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(j => sum(shares.map((share, r) => share * part(v[r], head)[j])));
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"scores as weights","most":0}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => score);
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"heads averaged","most":2}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length
      ? row.map((_, j) => sum(range(heads).map(head => output(s, head)[j % width])) / heads)
      : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"keys as values","most":0}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(k[r], head)[j])) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"softmax over the queries","says":"over the places that are looked at","most":1}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const grade = (s: number, r: number, head: number) =>
    Math.exp(dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width));
  const output = (s: number, head: number) =>
    range(width).map(j =>
      sum(
        range(length).map(r => {
          const whole = sum(range(length).map(other => grade(other, r, head)));
          return (grade(s, r, head) / whole) * part(v[r], head)[j];
        }),
      ),
    );
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
}

// %% answer={"to":"q5","idea":"padded rows cut off","most":3}
type Rows = number[][];

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = range(length).map(
      r => dot(part(q[s], head), part(k[r], head)) / Math.sqrt(width),
    );
    const shares = scores.map(score => Math.exp(score));
    return range(width).map(
      j => sum(shares.map((share, r) => share * part(v[r], head)[j])) / sum(shares),
    );
  };
  return q
    .slice(0, length)
    .map((row, s) =>
      s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
    );
}

// %% answer={"to":"q6","idea":"right","style":"loops over lists"}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const [z, w, b] = [codes.arraySync(), weights.arraySync(), bias.arraySync()];
  const newWeights = w.map(row => row.map(value => value - rate * 2 * decay * value));
  const newBias = [...b];
  for (const [n, code] of z.entries()) {
    const grades = b.map((each, c) =>
      Math.exp(each + sum(code.map((value, i) => value * w[i][c]))),
    );
    for (const c of range(b.length)) {
      const error = grades[c] / sum(grades) - (labels[n] === c ? 1 : 0);
      newBias[c] -= (rate * error) / z.length;
      for (const i of range(code.length))
        newWeights[i][c] -= (rate * error * code[i]) / z.length;
    }
  }
  return { weights: tf.tensor2d(newWeights), bias: tf.tensor1d(newBias) };
}

// %% answer={"to":"q6","idea":"sum in place of the mean","says":"divide by N","most":2}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(1);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.sum(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"uphill","says":"uphill","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.add(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.add(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"classes missing","says":"the classes are missing","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.softmax(logits);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"logits minus classes","says":"not from the logits","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(logits, classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"softmax over the examples","says":"The softmax is over the classes","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.transpose(tf.softmax(tf.transpose(logits))), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"bias frozen","says":"The bias learns as well","most":1}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.clone(),
  };
}

// %% answer={"to":"q6","idea":"logistic outputs","says":"logistic outputs","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.sigmoid(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"no step","says":"Go the step","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  return { weights: weights.clone(), bias: bias.clone() };
}

// %% answer={"to":"q6","idea":"the gradient, not the step","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: slope.add(weights.mul(2 * decay)),
    bias: error.mean(0),
  };
}

// %% answer={"to":"q6","idea":"decay without the 2","says":"brings a factor 2","most":3.5}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"bias decays","says":"The bias does not decay","most":3}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(
      error
        .mean(0)
        .add(bias.mul(2 * decay))
        .mul(rate),
    ),
  };
}

// %% answer={"to":"q6","idea":"decay without the rate","says":"multiplied by the rate","most":3}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.mul(rate)).sub(weights.mul(2 * decay)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"decay makes weights grow","says":"makes weights smaller","most":3}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.sub(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"decay forgotten","says":"The decay is missing","most":3}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"decay divided by N","says":"not divided by N","most":3}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul((2 * decay) / labels.length)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"rate forgotten","most":0}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay))),
    bias: bias.sub(error.mean(0)),
  };
}

// %% answer={"to":"q6","idea":"as many classes as labels have","most":1}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), Math.max(...labels) + 1);
  const error: tf.Tensor2D = tf.sub(
    tf.softmax(logits),
    classes.pad([
      [0, 0],
      [0, 0],
    ]),
  );
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"bias not in the logits","most":1}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.matMul(codes, weights);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q6","idea":"two classes hard-coded","most":1}
interface Head {
  weights: tf.Tensor2D;
  bias: tf.Tensor1D;
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), 2);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes);
  const slope = tf.matMul(codes, error, true).div(labels.length);
  return {
    weights: weights.sub(slope.add(weights.mul(2 * decay)).mul(rate)),
    bias: bias.sub(error.mean(0).mul(rate)),
  };
}

// %% answer={"to":"q7","idea":"right","style":"a map of votes, in the order of distance"}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  return codes.map((code, n) => {
    const others = codes.map((each, i) => ({
      i,
      far: Math.hypot(...each.map((v, j) => v - code[j])),
    }));
    others.splice(n, 1);
    others.sort((a, b) => a.far - b.far);
    const votes = new Map<number, number>();
    for (const { i } of others.slice(0, k))
      votes.set(labels[i], (votes.get(labels[i]) ?? 0) + 1);
    let best = labels[others[0].i];
    for (const [label, count] of votes) if (count > (votes.get(best) ?? 0)) best = label;
    return best;
  });
}

// %% answer={"to":"q7","idea":"itself counts","says":"not its own neighbour","most":0.5}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => true || other === n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"equal codes left out","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => apart(code, codes[other]) > 0);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"smallest class wins a tie","says":"Among equally frequent","most":2}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return Math.min(...nearest.filter(label => votes(label) === most));
  });
}

// %% answer={"to":"q7","idea":"largest class wins a tie","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return Math.max(...nearest.filter(label => votes(label) === most));
  });
}

// %% answer={"to":"q7","idea":"the nearest alone","says":"Count the votes","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, 1).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"farthest","says":"not the farthest","most":0}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[b]) - apart(code, codes[a]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"sum of sizes","says":"Square the differences","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) =>
    sum(a.map((value, i) => Math.abs(value - b[i])));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"one too few","says":"One neighbour is missing","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, Math.max(1, k - 1)).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"one too many","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k + 1).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"own labels","says":"one for each code","most":0}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  return [...labels];
}

// %% answer={"to":"q7","idea":"mean of the classes","says":"no class","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return sum(nearest) / nearest.length;
  });
}

// %% answer={"to":"q7","idea":"last of a tie","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.findLast(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"not squared, so that signs cancel","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) =>
    Math.abs(sum(a.map((value, i) => value - b[i])));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"first number only","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => Math.abs(a[0] - b[0]);
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"inner product as distance","most":0}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => -dot(a, b);
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"number of votes","most":0}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return most;
  });
}

// %% answer={"to":"q7","idea":"median of the classes","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.toSorted((a, b) => a - b)[Math.floor(nearest.length / 2)];
  });
}

// %% answer={"to":"q7","idea":"ten codes hard-coded","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(Math.min(10, codes.length)).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}

// %% answer={"to":"q7","idea":"votes weighted by rank","most":1}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const order = range(codes.length).filter(other => other !== n);
    order.sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = (label: number) =>
      sum(nearest.map((each, i) => (each === label ? 1 / (i + 1) : 0)));
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number;
  });
}
