// %% answer={"to":"q1","idea":"right","style":"loops, mean of products minus product of means"}
function covariance(rows: number[][]): number[][] {
  const [n, d] = [rows.length, rows[0].length];
  const result = Array.from({ length: d }, () => new Array<number>(d).fill(0));
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      let products = 0;
      let first = 0;
      let second = 0;
      for (const row of rows) {
        products += row[i] * row[j];
        first += row[i];
        second += row[j];
      }
      result[i][j] = result[j][i] = products / n - (first / n) * (second / n);
    }
  }
  return result;
}

// %% answer={"to":"q1","idea":"not centred","says":"Subtract the mean","most":0.5}
function covariance(rows: number[][]): number[][] {
  return rows[0].map((_, i) =>
    rows[0].map((_, j) => sum(rows.map(row => row[i] * row[j])) / rows.length),
  );
}

// %% answer={"to":"q1","idea":"divided by N − 1","says":"not by N − 1","most":1}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b))) / (rows.length - 1)),
  );
}

// %% answer={"to":"q1","idea":"not divided","says":"Divide the sum by N","most":0.5}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b)))),
  );
}

// %% answer={"to":"q1","idea":"divided by d","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b))) / mean.length),
  );
}

// %% answer={"to":"q1","idea":"correlation","says":"correlation","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  const product = (i: number, j: number) =>
    sum(rows.map(row => (row[i] - mean[i]) * (row[j] - mean[j])));
  return mean.map((_, i) =>
    mean.map((_, j) => product(i, j) / Math.sqrt(product(i, i) * product(j, j))),
  );
}

// %% answer={"to":"q1","idea":"variances only","says":"Only the diagonal","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) =>
      i === j ? sum(rows.map(row => (row[i] - a) * (row[j] - b))) / rows.length : 0,
    ),
  );
}

// %% answer={"to":"q1","idea":"images against images","says":"points with points","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  const centred = rows.map(row => row.map((value, j) => value - mean[j]));
  return centred.map(a => centred.map(b => dot(a, b) / rows.length));
}

// %% answer={"to":"q1","idea":"each row minus its own mean","most":0}
function covariance(rows: number[][]): number[][] {
  const centred = rows.map(row => row.map(value => value - sum(row) / row.length));
  return rows[0].map((_, i) =>
    rows[0].map((_, j) => sum(centred.map(row => row[i] * row[j])) / rows.length),
  );
}

// %% answer={"to":"q1","idea":"one mean for all columns","most":0}
function covariance(rows: number[][]): number[][] {
  const all = sum(rows.flat()) / rows.flat().length;
  return rows[0].map((_, i) =>
    rows[0].map(
      (_, j) => sum(rows.map(row => (row[i] - all) * (row[j] - all))) / rows.length,
    ),
  );
}

// %% answer={"to":"q1","idea":"only one factor centred, the other by the first column's mean","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map(
      (b, j) => sum(rows.map(row => (row[i] - mean[0]) * (row[j] - mean[0]))) / rows.length,
    ),
  );
}

// %% answer={"to":"q1","idea":"only the upper triangle","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) =>
      j >= i ? sum(rows.map(row => (row[i] - a) * (row[j] - b))) / rows.length : 0,
    ),
  );
}

// %% answer={"to":"q1","idea":"two columns hard-coded","most":1}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return [0, 1].map(i =>
    [0, 1].map(
      j => sum(rows.map(row => (row[i] - mean[i]) * (row[j] - mean[j]))) / rows.length,
    ),
  );
}

// %% answer={"to":"q1","idea":"three points hard-coded","most":1}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b))) / 3),
  );
}

// %% answer={"to":"q1","idea":"one long list","most":0}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  const list = mean.flatMap((a, i) =>
    mean.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b))) / rows.length),
  );
  return list as unknown as number[][];
}

// %% answer={"to":"q1","idea":"absolute deviations","most":1}
function covariance(rows: number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((a, i) =>
    mean.map(
      (b, j) => sum(rows.map(row => Math.abs((row[i] - a) * (row[j] - b)))) / rows.length,
    ),
  );
}

// %% answer={"to":"q2","idea":"right","style":"first index of a list of sums"}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  return [0, ...sorted.keys()]
    .map((_, k) => sum(sorted.slice(0, k)))
    .findIndex(kept => kept >= share * sum(variances));
}

// %% answer={"to":"q2","idea":"right","style":"gives up the smallest"}
function codeDimension(variances: number[], share: number): number {
  const smallestFirst = variances.toSorted((a, b) => a - b);
  const mayLose = sum(variances) * (1 - share);
  let lost = 0;
  let given = 0;
  while (given < variances.length && lost + smallestFirst[given] <= mayLose)
    lost += smallestFirst[given++];
  return variances.length - given;
}

// %% answer={"to":"q2","idea":"not sorted","says":"The list comes in any order","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = variances;
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept >= share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"smallest first","says":"Sort the largest first","most":0}
function codeDimension(variances: number[], share: number): number {
  const sorted = variances.toSorted((a, b) => a - b);
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept >= share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"sorted as words","says":"sorts numbers as words","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = variances.toSorted().reverse();
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept >= share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"more than the share","says":"At least","most":2}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept > share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"index of the last","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  for (let k = 0; k < sorted.length; k++) {
    kept += sorted[k];
    if (kept >= share * sum(variances)) return k;
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"never 0","says":"k = 0 is allowed","most":2.5}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  for (let k = 0; k < sorted.length; k++) {
    kept += sorted[k];
    if (kept >= share * sum(variances)) return k + 1;
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"share of the axes","says":"Count variance, not axes","most":0}
function codeDimension(variances: number[], share: number): number {
  return Math.ceil(share * variances.length);
}

// %% answer={"to":"q2","idea":"squares of the variances","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = variances.map(v => v * v).sort((a, b) => b - a);
  let kept = 0;
  let k = 0;
  while (kept < share * sum(sorted)) kept += sorted[k++];
  return k;
}

// %% answer={"to":"q2","idea":"standard deviations","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = variances.map(Math.sqrt).sort((a, b) => b - a);
  let kept = 0;
  let k = 0;
  while (kept < share * sum(sorted)) kept += sorted[k++];
  return k;
}

// %% answer={"to":"q2","idea":"share instead of share of the total","most":0}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  let k = 0;
  while (kept < share) kept += sorted[k++];
  return k;
}

// %% answer={"to":"q2","idea":"each axis alone against the share","most":0}
function codeDimension(variances: number[], share: number): number {
  return variances.filter(v => v / sum(variances) >= share).length;
}

// %% answer={"to":"q2","idea":"loses at most the share","most":0}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept >= sum(variances) - share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"equal variances counted once","most":1}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...new Set(variances)].sort((a, b) => b - a);
  let kept = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (kept >= share * sum(variances)) return k;
    kept += sorted[k];
  }
  return sorted.length;
}

// %% answer={"to":"q2","idea":"one more for safety","most":0}
function codeDimension(variances: number[], share: number): number {
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  let k = 0;
  while (kept < share * sum(sorted)) kept += sorted[k++];
  return Math.min(k + 1, sorted.length);
}

// %% answer={"to":"q2","idea":"all that are above the mean","most":0}
function codeDimension(variances: number[], share: number): number {
  const mean = sum(variances) / variances.length;
  return share === 0 ? 0 : variances.filter(v => v > mean).length;
}

// %% answer={"to":"q2","idea":"zero variances needed for everything","most":1}
function codeDimension(variances: number[], share: number): number {
  if (share === 1) return variances.length;
  const sorted = [...variances].sort((a, b) => b - a);
  let kept = 0;
  let k = 0;
  while (kept < share * sum(sorted)) kept += sorted[k++];
  return k;
}

// %% answer={"to":"q3","idea":"right","style":"Gram and Schmidt"}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const basis: number[][] = [];
  for (const w of decoder) {
    let rest = [...w];
    for (const u of [...basis, ...basis]) {
      const along = dot(u, rest);
      rest = rest.map((value, i) => value - along * u[i]);
    }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(rest.map(value => value / length));
  }
  const centred = x.map((value, i) => value - mean[i]);
  const along = basis.map(u => dot(u, centred));
  return mean.map((value, i) => value + sum(basis.map((u, j) => along[j] * u[i])));
}

// %% answer={"to":"q3","idea":"orthonormal formula","says":"orthonormal vectors only","most":1}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = decoder.map(w => dot(w, centred));
  return mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"each vector alone, by its length","says":"not at right angles","most":2}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = decoder.map(w => dot(w, centred) / dot(w, w));
  return mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"divided by the length once","most":1}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = decoder.map(w => dot(w, centred) / Math.sqrt(dot(w, w)));
  return mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"mean not added","says":"Add the mean again","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, centred)),
  );
  return mean.map((_, i) => sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"mean ignored","says":"Subtract the mean before","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const code = solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, x)),
  );
  return x.map((_, i) => sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"mean added without being subtracted","says":"without subtracting","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const code = solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, x)),
  );
  return mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"the image itself","says":"does not lie in the decoder's reach","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  return [...x];
}

// %% answer={"to":"q3","idea":"the mean","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  return [...mean];
}

// %% answer={"to":"q3","idea":"what is lost","says":"what is lost","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, centred)),
  );
  return centred.map((value, i) => value - sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"the code","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  return solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, centred)),
  );
}

// %% answer={"to":"q3","idea":"two vectors hard-coded","most":1}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const [v, w] = decoder;
  const centred = x.map((value, i) => value - mean[i]);
  const [z, y] = solve(
    [
      [dot(v, v), dot(v, w)],
      [dot(w, v), dot(w, w)],
    ],
    [dot(v, centred), dot(w, centred)],
  );
  return mean.map((value, i) => value + z * v[i] + y * w[i]);
}

// %% answer={"to":"q3","idea":"only the first vector","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const [w] = decoder;
  const centred = x.map((value, i) => value - mean[i]);
  return mean.map((value, i) => value + (dot(w, centred) / dot(w, w)) * w[i]);
}

// %% answer={"to":"q3","idea":"one after the other without turning them","most":2}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  let rest = x.map((value, i) => value - mean[i]);
  const found = [...mean];
  for (const w of decoder) {
    const z = dot(w, rest) / dot(w, w);
    w.forEach((value, i) => {
      found[i] += z * value;
    });
    rest = rest.map((value, i) => value - z * w[i]);
  }
  return found;
}

// %% answer={"to":"q3","idea":"subtracted instead of added","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = decoder.map(w => dot(w, centred) / dot(w, w));
  return mean.map((value, i) => value - sum(code.map((z, j) => z * decoder[j][i])));
}

// %% answer={"to":"q3","idea":"in a list of its own","most":0}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  const centred = x.map((value, i) => value - mean[i]);
  const code = solve(
    decoder.map(a => decoder.map(b => dot(a, b))),
    decoder.map(w => dot(w, centred)),
  );
  return [
    mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i]))),
  ] as never;
}

// %% answer={"to":"q4","idea":"right","style":"loops"}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"target damaged as well","says":"The target must stay clean","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: input };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"pixels changed in place","says":"The target must stay clean","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  images.forEach((image, n) => {
    image.forEach((_, i) => {
      if (uniforms[n][i] < share) image[i] = uniforms[n][i] < share / 2 ? 0 : 1;
    });
  });
  return { input: images, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"input and target exchanged","says":"the clean one is the target","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input: images, target: input };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"salt and pepper exchanged","says":"Salt is 1","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 1 : u < share ? 0 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"edges on the wrong side","says":"Mind the edges","most":3.5}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u <= share / 2 ? 0 : u <= share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"masking","says":"That is masking","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share ? 0 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"keeps what should be damaged","says":"stays","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) =>
    u >= share ? (u < (1 + share) / 2 ? 0 : 1) : pixel;
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"half share for each, counted twice","most":3}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share ? 0 : u < 2 * share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"rounds the pixel","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share ? Math.round(pixel) : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"share hard-coded","most":3}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < 0.2 ? 0 : u < 0.4 ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"one draw for all images","most":3}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return {
    input: input.map((_, n) => images[n].map((pixel, i) => damage(pixel, uniforms[0][i]))),
    target: images,
  };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  let total = 0;
  output.forEach((image, n) => {
    image.forEach((y, i) => {
      total += (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
    });
  });
  return total / output.length;
}

// %% answer={"to":"q4","idea":"weights exchanged","says":"The damaged ones count alpha times","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? beta : alpha) * (y - target[n][i]) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) / output.length
  );
}

// %% answer={"to":"q4","idea":"averaged over the pixels","says":"Sum over the pixels","most":3}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) /
    output.flat().length
  );
}

// %% answer={"to":"q4","idea":"not averaged","says":"Average over the images","most":3}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
  return sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i)))));
}

// %% answer={"to":"q4","idea":"beta ignored","says":"count beta times","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : 1) * (y - target[n][i]) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) / output.length
  );
}

// %% answer={"to":"q4","idea":"only damaged pixels","says":"The others count as well","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : 0) * (y - target[n][i]) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) / output.length
  );
}

// %% answer={"to":"q4","idea":"weight squared","says":"not the weight","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    ((damaged[n][i] ? alpha : beta) * (y - target[n][i])) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) / output.length
  );
}

// %% answer={"to":"q4","idea":"sizes of the errors","says":"not their sizes","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : beta) * Math.abs(y - target[n][i]);
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) / output.length
  );
}

// %% answer={"to":"q4","idea":"divided by the sum of the weights","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
  return (
    sum(output.map((image, n) => sum(image.map((y, i) => cost(y, n, i))))) /
    sum(damaged.flat().map(hit => (hit ? alpha : beta)))
  );
}

// %% answer={"to":"q4","idea":"means of the two kinds","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const mean = (hit: boolean) => {
    const errors = output.flatMap((image, n) =>
      image.map((y, i) => (y - target[n][i]) ** 2).filter((_, i) => damaged[n][i] === hit),
    );
    return sum(errors) / errors.length;
  };
  return alpha * mean(true) + beta * mean(false);
}

// %% answer={"to":"q4","idea":"a single image","most":2}
interface Pair {
  input: number[][];
  target: number[][];
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  const damage = (pixel: number, u: number) => (u < share / 2 ? 0 : u < share ? 1 : pixel);
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images };
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  const cost = (y: number, n: number, i: number) =>
    (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2;
  return sum(output[0].map((y, i) => cost(y, 0, i)));
}

// %% answer={"to":"q5","idea":"right","style":"cross entropy minus entropy"}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"divergence turned round","says":"The target stands first","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(meanOf(codes).map(mean => coin(mean, rho)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"second term missing","says":"two sides","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  return sum(meanOf(codes).map(mean => rho * Math.log(rho / mean)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"averaged over the units","says":"do not average","most":3.5}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(meanOf(codes).map(mean => coin(rho, mean))) / codes[0].length;
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"mean of the divergences","says":"First the mean","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(meanOf(codes.map(row => row.map(z => coin(rho, z)))));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"mean over the units","says":"The mean is over the images","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(codes.map(row => coin(rho, sum(row) / row.length)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"bits","says":"natural logarithm","most":2.5}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(meanOf(codes).map(mean => coin(rho, mean))) / Math.LN2;
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"sign","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return -sum(meanOf(codes).map(mean => coin(rho, mean)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"sum of the activations for their mean","most":3}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(meanOf(codes).map(mean => coin(rho, (mean * codes.length) / 2)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"squared distance","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  return sum(meanOf(codes).map(mean => (mean - rho) ** 2));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"first unit only","most":3}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return coin(rho, meanOf(codes)[0]);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"cross entropy","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  return sum(
    meanOf(codes).map(mean => -rho * Math.log(mean) - (1 - rho) * Math.log(1 - mean)),
  );
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"two images hard-coded","most":3}
function sparsityPenalty(codes: number[][], rho: number): number {
  const coin = (a: number, b: number) =>
    a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  return sum(codes[0].map((z, j) => coin(rho, (z + codes[1][j]) / 2)));
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const n = codes.length;
  return codes.map((row, i) =>
    row.map((z, j) => {
      const mean = sum(codes.map(each => each[j])) / n;
      return (((1 - rho) / (1 - mean) - rho / mean) / n) * codes[i][j] * (1 - z);
    }),
  );
}

// %% answer={"to":"q5","idea":"1/N forgotten","says":"1/N","most":3}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => slope(means[j]) * z * (1 - z)));
}

// %% answer={"to":"q5","idea":"derivative by z","says":"derivatives by z","most":3}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => slope(means[j]) / codes.length));
}

// %% answer={"to":"q5","idea":"sign","says":"The sign is wrong","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => (-slope(means[j]) * z * (1 - z)) / codes.length));
}

// %% answer={"to":"q5","idea":"σ′ at the mean","says":"each image's own z","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row =>
    row.map((z, j) => (slope(means[j]) * means[j] * (1 - means[j])) / codes.length),
  );
}

// %% answer={"to":"q5","idea":"single activation in place of the mean","says":"the mean of the unit","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => (slope(z) * z * (1 - z)) / codes.length));
}

// %% answer={"to":"q5","idea":"σ(1 − σ) of σ","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row =>
    row.map(
      (z, j) =>
        (slope(means[j]) * (1 / (1 + Math.exp(-z))) * (1 - 1 / (1 + Math.exp(-z)))) /
        codes.length,
    ),
  );
}

// %% answer={"to":"q5","idea":"divided by the units","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => (slope(means[j]) * z * (1 - z)) / row.length));
}

// %% answer={"to":"q5","idea":"one row for all images","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => slope(means[j]) * means[j] * (1 - means[j])));
}

// %% answer={"to":"q5","idea":"1 − z forgotten","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => (slope(means[j]) * z) / codes.length));
}

// %% answer={"to":"q5","idea":"pull to the target","most":2}
function sparsityPenalty(codes: number[][], rho: number): number {
  const means = meanOf(codes);
  const cross = (p: number) => -rho * Math.log(p) - (1 - rho) * Math.log(1 - p);
  return sum(means.map(cross)) - means.length * cross(rho);
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  const means = meanOf(codes);
  const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
  return codes.map(row => row.map((z, j) => ((means[j] - rho) * z * (1 - z)) / codes.length));
}

// %% answer={"to":"q6","idea":"right","style":"products of the vectors, three cases"}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const gram = dictionary.map(a => dictionary.map(b => dot(a, b)));
  return code.map((z, j) => {
    const slope = 2 * (dot(gram[j], code) - dot(dictionary[j], x));
    const moved = z - rate * slope;
    if (moved > rate * alpha) return moved - rate * alpha;
    return moved < -rate * alpha && !nonNegative ? moved + rate * alpha : 0;
  });
}

// %% answer={"to":"q6","idea":"factor 2 forgotten","says":"brings a factor 2","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"threshold alpha","says":"The threshold is rate · α","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"threshold 2 · rate · alpha","says":"the 2 belongs to the gradient","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - 2 * rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"threshold alpha / 2, as in lesson 05","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - alpha / 2));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"beyond 0","says":"but not beyond","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => z - Math.sign(z) * rate * alpha);
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"uphill","says":"uphill","most":0}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z - 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"hard threshold","says":"What stays on shrinks","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => (Math.abs(z) > rate * alpha ? z : 0));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"threshold first","says":"First the gradient","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const soft = (z: number) => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha);
  const moved = code.map((z, j) => soft(z) + 2 * rate * dot(dictionary[j], residual));
  return nonNegative ? moved.map(z => Math.max(0, z)) : moved;
}

// %% answer={"to":"q6","idea":"one number after the other","says":"All numbers at once","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const changed = [...code];
  dictionary.forEach((vector, j) => {
    const residual = x.map(
      (value, i) => value - sum(changed.map((z, l) => z * dictionary[l][i])),
    );
    const z = changed[j] + 2 * rate * dot(vector, residual);
    changed[j] = Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha);
    if (nonNegative) changed[j] = Math.max(0, changed[j]);
  });
  return changed;
}

// %% answer={"to":"q6","idea":"no threshold","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => z);
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"never negative","says":"Numbers of both signs","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return smaller.map(z => Math.max(0, z));
}

// %% answer={"to":"q6","idea":"nonNegative ignored","says":"nonNegative","most":3}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return smaller;
}

// %% answer={"to":"q6","idea":"size where negative","says":"do not take its size","most":3}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(Math.abs) : smaller;
}

// %% answer={"to":"q6","idea":"old code not subtracted","most":0}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value);
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"old code not kept","most":0}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"subgradient of the penalty","most":1}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map(
    (z, j) => z + 2 * rate * dot(dictionary[j], residual) - rate * alpha * Math.sign(z),
  );
  const smaller = moved.map(z => z);
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q6","idea":"threshold switches off the shrinking side only","most":2}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => (z > 0 ? Math.max(0, z - rate * alpha) : z));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
}

// %% answer={"to":"q7","idea":"right","style":"one filter for each missing pixel"}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const among = there.map(i => there.map(j => covariance[i][j]));
  const repaired = [...x];
  for (let i = 0; i < x.length; i++) {
    if (seen[i]) continue;
    const filter = solve(
      among,
      there.map(j => covariance[i][j]),
    ); // one row of C_MS C_SS⁻¹
    repaired[i] = mean[i];
    for (const [s, j] of there.entries()) repaired[i] += filter[s] * (x[j] - mean[j]);
  }
  return repaired;
}

// %% answer={"to":"q7","idea":"the mean of the missing pixels","says":"the seen pixels say more","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) => mean[i];
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"0 for the missing pixels","says":"not 0","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) => 0;
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"mean not subtracted","says":"Subtract the mean","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"mean neither subtracted nor added","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) => sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"mean not added","says":"Add the mean","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) => sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"each seen pixel alone","says":"know of each other","most":2.5}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => (covariance[i][j] / covariance[j][j]) * off[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"inverse forgotten","says":"C_SS⁻¹ is missing","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = off;
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"sign","says":"The sign is wrong","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] - sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"seen and missing exchanged","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => !seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? guess(i) : value));
}

// %% answer={"to":"q7","idea":"seen pixels replaced too","says":"stay as they are","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + (seen[i] ? 0 : sum(there.map((j, s) => covariance[i][j] * weights[s])));
  return x.map((value, i) => guess(i));
}

// %% answer={"to":"q7","idea":"nothing is repaired","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  return [...x];
}

// %% answer={"to":"q7","idea":"missing pixels used","most":0}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => true || i);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"inverse of the whole covariance","says":"Take C_SS out first","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const all = mean.map((_, i) => i);
  const inverse = all.map(i =>
    solve(
      covariance,
      all.map(j => (i === j ? 1 : 0)),
    ),
  );
  const there = all.filter(i => seen[i]);
  const weights = there.map(i => sum(there.map(j => inverse[i][j] * (x[j] - mean[j]))));
  return x.map((value, i) =>
    seen[i] ? value : mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s])),
  );
}

// %% answer={"to":"q7","idea":"only the last pixel can be missing","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const last = x.length - 1;
  const there = x.map((_, i) => i).slice(0, last);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    there.map(i => x[i] - mean[i]),
  );
  return [
    ...x.slice(0, last),
    mean[last] + sum(there.map(j => covariance[last][j] * weights[j])),
  ];
}

// %% answer={"to":"q7","idea":"the neighbours' mean","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  return x.map((value, i) => {
    if (seen[i]) return value;
    const beside = [i - 1, i + 1].filter(j => j >= 0 && j < x.length && seen[j]);
    return beside.length ? sum(beside.map(j => x[j])) / beside.length : mean[i];
  });
}

// %% answer={"to":"q7","idea":"stops where nothing is seen","most":3}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  if (!seen.some(Boolean)) throw new Error("Nothing can be seen.");
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}

// %% answer={"to":"q7","idea":"correlation in place of covariance","most":1}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const off = there.map(i => x[i] - mean[i]);
  const weights = solve(
    there.map(i => there.map(j => covariance[i][j])),
    off,
  );
  const guess = (i: number) =>
    mean[i] +
    sum(
      there.map(
        (j, s) =>
          (covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j])) * weights[s],
      ),
    );
  return x.map((value, i) => (seen[i] ? value : guess(i)));
}
