// %% answer={"to":"q1","idea":"right","style":"determinant, trace and distance"}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  const [wide, narrow] = [p, q].map(({ logVariance }) => logVariance.map(Math.exp));
  const volume = sum(p.logVariance) - sum(q.logVariance);
  const trace = sum(narrow.map((v, j) => v / wide[j]));
  const far = sum(q.mean.map((m, j) => (m - p.mean[j]) ** 2 / wide[j]));
  return 0.5 * (volume + trace + far - q.mean.length);
}

// %% answer={"to":"q1","idea":"the other way round","says":"from p to q","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vp - vq) + (mq - mp) ** 2 / Math.exp(vq) - 1 + (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"no ½","says":"a factor ½","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - 1 - (vq - vp);
  }
  return total;
}

// %% answer={"to":"q1","idea":"from the standard normal","says":"standard normal p","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq) + mq ** 2 - 1 - vq;
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"mean over the numbers","says":"Sum over the k","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - 1 - (vq - vp);
  }
  return total / 2 / q.mean.length;
}

// %% answer={"to":"q1","idea":"distance without a unit","says":"units of p's variance","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 - 1 - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"no −1","says":"where q = p it is 0","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"ln σ taken for ln σ²","says":"not ln σ","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(2 * (vq - vp)) + (mq - mp) ** 2 / Math.exp(2 * vp) - 1 - 2 * (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"sign of the logarithm","says":"sign of the logarithm","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - 1 + (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"distance in units of q","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vq) - 1 - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"means not subtracted","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + mq ** 2 / Math.exp(vp) - 1 - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"distance not squared","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + Math.abs(mq - mp) / Math.exp(vp) - 1 - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"variances not taken out of their logarithms","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += vq / vp + (mq - mp) ** 2 / vp - 1 - Math.log(vq / vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"first number only","most":1}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < 1; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - 1 - (vq - vp);
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"symmetric","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total +=
      (Math.exp(vq - vp) +
        Math.exp(vp - vq) +
        (mq - mp) ** 2 * (1 / Math.exp(vp) + 1 / Math.exp(vq))) /
        2 -
      1;
  }
  return total / 2;
}

// %% answer={"to":"q1","idea":"the negative","most":0}
interface Gaussian {
  mean: number[];
  logVariance: number[];
}

function divergence(q: Gaussian, p: Gaussian): number {
  let total = 0;
  for (let j = 0; j < q.mean.length; j++) {
    const [mq, mp, vq, vp] = [q.mean[j], p.mean[j], q.logVariance[j], p.logVariance[j]];
    total += Math.exp(vq - vp) + (mq - mp) ** 2 / Math.exp(vp) - 1 - (vq - vp);
  }
  return -total / 2;
}

// %% answer={"to":"q2","idea":"right","style":"one pass over the draws, with z − μ"}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"½ forgotten","says":"∂σ/∂ℓ = σ/2","most":3.5}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += slope(z) * sigma * epsilon;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"by σ","says":"That is by σ","most":3.5}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += slope(z) * epsilon;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"variance as deviation","says":"root of the variance","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"size of ε","says":"with its sign","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * Math.abs(epsilon)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"sums","says":"not sums","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first, second];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"ε for z","says":"what f sees","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"z times slope","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * z) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"slope at the mean","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"order exchanged","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [second / draws.length, first / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"minus","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu - sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"only the first draw","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [
    slope(mu + sigma * draws[0]),
    (slope(mu + sigma * draws[0]) * sigma * draws[0]) / 2,
  ];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"½ forgotten in the score","says":"a factor ½","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += f(z) * ((z - mu) ** 2 / sigma ** 2 - 1);
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"score without 1/σ","says":"(z − μ)/σ², that is ε/σ","most":3}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"score divided by σ² twice","says":"divide by σ² once","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 3;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"factor 1/σ of the Gaussian forgotten","says":"own factor 1/σ","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * (z - mu) ** 2) / sigma ** 2 / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"signs","says":"The signs are wrong","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (mu - z)) / sigma ** 2;
    second += (f(z) * (1 - (z - mu) ** 2 / sigma ** 2)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"sums in the score","says":"not sums","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first, second];
}

// %% answer={"to":"q2","idea":"f at the mean","says":"f(z) of each draw","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(mu) * epsilon) / sigma;
    second += (f(mu) * (epsilon ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"derivative by differences","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z + 1e-4) - f(z)) / 1e-4;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"mean of f subtracted, as a baseline","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += ((f(z) - mean(draws.map(e => f(mu + sigma * e)))) * epsilon) / sigma;
    second += (f(z) * ((z - mu) ** 2 / sigma ** 2 - 1)) / 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"score of μ for both","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * (z - mu)) / sigma ** 2;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q2","idea":"by σ in the score","most":2}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += slope(z);
    second += (slope(z) * sigma * epsilon) / 2;
  }
  return [first / draws.length, second / draws.length];
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  const sigma = Math.exp(logVariance / 2);
  let [first, second] = [0, 0];
  for (const epsilon of draws) {
    const z = mu + sigma * epsilon;
    first += (f(z) * (z - mu)) / sigma ** 2;
    second += (f(z) * (epsilon ** 2 - 1)) / sigma;
  }
  return [first / draws.length, second / draws.length];
}

// %% answer={"to":"q3","idea":"right","style":"largest log-likelihood subtracted, a loop"}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"largest likelihood subtracted, also where the prior is 0","says":"the largest that the prior allows","most":3}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood);
  const weights = prior.map((share, z) => share * Math.exp(logLikelihood[z] - best));
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"prior ignored","says":"The prior counts","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const logs = prior.map((share, z) => logLikelihood[z]);
  const weights = logs.map(log => Math.exp(log - Math.max(...logs)));
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"underflows","says":"NaN","most":3}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const weights = prior.map((share, z) => share * Math.exp(logLikelihood[z]));
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"not divided by the sum","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  return prior.map(
    (share, z) => share * Math.exp(logLikelihood[z] - Math.max(...logLikelihood)),
  );
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"likelihood ignored","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  return [...prior];
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"prior added, not its logarithm","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const logs = prior.map((share, z) => share + logLikelihood[z]);
  const weights = logs.map(log => Math.exp(log - Math.max(...logs)));
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"the most probable value alone","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const logs = prior.map((share, z) => Math.log(share) + logLikelihood[z]);
  return logs.map(log => Number(log === Math.max(...logs)));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"logarithms for shares","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  return prior.map((share, z) => Math.log(share) + logLikelihood[z]);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"a small number for safety","most":3}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const logs = prior.map((share, z) => Math.log(share) + logLikelihood[z]);
  const weights = logs.map(log => Math.exp(log) + 1e-12);
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"clipped","most":3}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const weights = prior.map((share, z) => share * Math.exp(Math.max(-700, logLikelihood[z])));
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"squared prior","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const logs = prior.map((share, z) => 2 * Math.log(share) + logLikelihood[z]);
  const weights = logs.map(log => Math.exp(log - Math.max(...logs)));
  return weights.map(weight => weight / sum(weights));
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  let bound = 0;
  for (const [z, share] of q.entries()) {
    if (share > 0) bound += share * logLikelihood[z] - share * Math.log(share / prior[z]);
  }
  return bound;
}

// %% answer={"to":"q3","idea":"divergence added","says":"Subtract the divergence","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood + kl;
}

// %% answer={"to":"q3","idea":"entropy in place of the divergence","says":"to the prior","most":2.5}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood - sum(on.map(z => q[z] * Math.log(q[z])));
}

// %% answer={"to":"q3","idea":"divergence missing","says":"The divergence is missing","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood;
}

// %% answer={"to":"q3","idea":"evidence","says":"ln p(x) itself","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return Math.log(sum(prior.map((share, z) => share * Math.exp(logLikelihood[z]))));
}

// %% answer={"to":"q3","idea":"the loss","says":"the loss","most":3}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return kl - likelihood;
}

// %% answer={"to":"q3","idea":"divergence the other way round","says":"from q to the prior","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood - sum(on.map(z => prior[z] * Math.log(prior[z] / q[z])));
}

// %% answer={"to":"q3","idea":"likelihood averaged over all values","says":"not over all values alike","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return mean(logLikelihood) - kl;
}

// %% answer={"to":"q3","idea":"0 ln 0 is NaN","says":"NaN","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood - sum(range(q.length).map(z => q[z] * Math.log(q[z] / prior[z])));
}

// %% answer={"to":"q3","idea":"logarithm outside the mean","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return Math.log(sum(on.map(z => q[z] * Math.exp(logLikelihood[z])))) - kl;
}

// %% answer={"to":"q3","idea":"bits","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return (likelihood - kl) / Math.LN2;
}

// %% answer={"to":"q3","idea":"divergence averaged","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return likelihood - kl / on.length;
}

// %% answer={"to":"q3","idea":"mean over the values with q > 0","most":2}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  const best = Math.max(...logLikelihood.filter((_, z) => prior[z] > 0));
  const weights = prior.map((share, z) =>
    share > 0 ? share * Math.exp(logLikelihood[z] - best) : 0,
  );
  const whole = sum(weights);
  return weights.map(weight => weight / whole);
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  const on = range(q.length).filter(z => q[z] > 0);
  const kl = sum(on.map(z => q[z] * Math.log(q[z] / prior[z])));
  const likelihood = sum(on.map(z => q[z] * logLikelihood[z]));
  return mean(on.map(z => logLikelihood[z])) - kl;
}

// %% answer={"to":"q4","idea":"right","style":"slerp, with the angle from two lengths"}
function walk(a: number[], b: number[], steps: number): number[][] {
  const apart = Math.sqrt(sum(a.map((value, i) => (value - b[i]) ** 2)));
  const together = Math.sqrt(sum(a.map((value, i) => (value + b[i]) ** 2)));
  const angle = 2 * Math.atan2(apart, together);
  const share = (part: number) =>
    angle === 0 ? part : Math.sin(part * angle) / Math.sin(angle);
  return range(steps + 1).map(step => {
    const [first, second] = [share(1 - step / steps), share(step / steps)];
    return a.map((value, i) => first * value + second * b[i]);
  });
}

// %% answer={"to":"q4","idea":"straight line","says":"leaves the sphere","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  return range(steps + 1).map(step => {
    const t = step / steps;
    const point = a.map((value, i) => (1 - t) * value + t * b[i]);
    const length = Math.sqrt(dot(point, point));
    return point.map(value => value);
  });
}

// %% answer={"to":"q4","idea":"straight line, back on the sphere","says":"different angles","most":2}
function walk(a: number[], b: number[], steps: number): number[][] {
  return range(steps + 1).map(step => {
    const t = step / steps;
    const point = a.map((value, i) => (1 - t) * value + t * b[i]);
    const length = Math.sqrt(dot(point, point));
    return point.map(value => value / length);
  });
}

// %% answer={"to":"q4","idea":"0/0 at equal vectors","most":3}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(Math.min(1, dot(a, b)));
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"angle from the arccosine","most":3}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  if (angle < 1e-4) return range(steps + 1).map(() => [...a]);
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"the long way","says":"long way round","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b)) - 2 * Math.PI;
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"from b to a","says":"Start at a","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [b, a];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"end left out","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [a, b];
  return range(steps).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"steps from 1","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = (step + 1) / (steps + 1);
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"one step too many","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [a, b];
  return range(steps + 2).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"angle in degrees","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = (Math.acos(dot(a, b)) * 180) / Math.PI;
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"right angle taken for granted","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  return range(steps + 1).map(step => {
    const turn = ((step / steps) * Math.PI) / 2;
    return a.map((value, i) => Math.cos(turn) * value + Math.sin(turn) * b[i]);
  });
}

// %% answer={"to":"q4","idea":"not divided by the sine","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => first * value + second * to[i]);
  });
}

// %% answer={"to":"q4","idea":"angle from the chord","most":0}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.sqrt(2 - 2 * dot(a, b));
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = step / steps;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q4","idea":"circle only","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  const [start, end] = [Math.atan2(a[1], a[0]), Math.atan2(b[1], b[0])];
  return range(steps + 1).map(step => {
    const turn = start + ((end - start) * step) / steps;
    return [Math.cos(turn), Math.sin(turn)];
  });
}

// %% answer={"to":"q4","idea":"weights as squares","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  return range(steps + 1).map(step => {
    const t = step / steps;
    return a.map((value, i) => Math.sqrt(1 - t) * value + Math.sqrt(t) * b[i]);
  });
}

// %% answer={"to":"q4","idea":"two steps always","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  const middle = a.map((value, i) => value + b[i]);
  const length = Math.sqrt(dot(middle, middle));
  return [a, middle.map(value => value / length), b];
}

// %% answer={"to":"q4","idea":"b at right angles not made","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(Math.min(1, dot(a, b)));
  return range(steps + 1).map(step => {
    const turn = (step / steps) * angle;
    return a.map((value, i) => Math.cos(turn) * value + Math.sin(turn) * b[i]);
  });
}

// %% answer={"to":"q4","idea":"eased steps","most":1}
function walk(a: number[], b: number[], steps: number): number[][] {
  const angle = Math.acos(dot(a, b));
  const [from, to] = [a, b];
  return range(steps + 1).map(step => {
    const t = (1 - Math.cos((Math.PI * step) / steps)) / 2;
    const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    return from.map((value, i) => (first * value + second * to[i]) / Math.sin(angle));
  });
}

// %% answer={"to":"q5","idea":"right","style":"logarithm of the odds"}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"sign","says":"low energy is probable","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(energy(v.with(i, 1)) - energy(v.with(i, 0)));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"bias forgotten","says":"The bias a counts","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(energy(v.with(i, 0)) - energy(v.with(i, 1)) - machine.a[i]);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"mean of the hidden units","says":"summed out","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const hidden = (u: number[]) =>
    machine.b.map((b, j) =>
      sigmoid(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
    );
  return sigmoid(machine.a[i] + dot(machine.weights[i], hidden(v)));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"mean of the hidden units without the unit","says":"must not matter","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const hidden = (u: number[]) =>
    machine.b.map((b, j) =>
      sigmoid(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
    );
  return sigmoid(machine.a[i] + dot(machine.weights[i], hidden(v.with(i, 0))));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"probability of the value that is there","says":"the value that vᵢ has","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(energy(v.with(i, 1 - v[i])) - energy(v));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"only the bias","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(machine.a[i]);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"unnormalised","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return Math.exp(-energy(v.with(i, 1)));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"normalised over all patterns","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return (
    Math.exp(-energy(v.with(i, 1))) /
    sum(
      range(2 ** v.length).map(code =>
        Math.exp(-energy(range(v.length).map(l => (code >> l) & 1))),
      ),
    )
  );
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"first unit always","most":3}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(energy(v.with(0, 0)) - energy(v.with(0, 1)));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"energy with the hidden units on","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(machine.a[i] + sum(machine.weights[i]));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"energy of the present state subtracted","most":3}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  return sigmoid(energy(v) - energy(v.with(i, 1)));
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  let total = 0;
  for (const i of range(v.length)) {
    const gap = energy(v.with(i, 0)) - energy(v.with(i, 1));
    total -= softplus(v[i] === 1 ? -gap : gap);
  }
  return total;
}

// %% answer={"to":"q5","idea":"mean over the units","says":"do not average","most":2.5}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(v.map((_, i) => logarithm(v, i))) / v.length;
}

// %% answer={"to":"q5","idea":"as if all were on","says":"really has","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(v.map((_, i) => logarithm(v.with(i, 1), i)));
}

// %% answer={"to":"q5","idea":"probabilities added","says":"Logarithms are added","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(v.map((_, i) => Math.exp(logarithm(v, i))));
}

// %% answer={"to":"q5","idea":"true log-likelihood","says":"true log-likelihood","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return (
    -energy(v) -
    Math.log(
      sum(
        range(2 ** v.length).map(code =>
          Math.exp(-energy(range(v.length).map(l => (code >> l) & 1))),
        ),
      ),
    )
  );
}

// %% answer={"to":"q5","idea":"positive","says":"is negative","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return -sum(v.map((_, i) => logarithm(v, i)));
}

// %% answer={"to":"q5","idea":"units that are on","says":"Only units that are on","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(v.map((_, i) => (v[i] === 1 ? logarithm(v, i) : 0)));
}

// %% answer={"to":"q5","idea":"logarithm of a probability that became 0","most":3}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(
    v.map((_, i) => Math.log(1 / (1 + Math.exp(energy(v) - energy(v.with(i, 1 - v[i])))))),
  );
}

// %% answer={"to":"q5","idea":"clipped probabilities","most":3}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(
    v.map((_, i) =>
      Math.log(Math.max(1e-12, sigmoid(energy(v.with(i, 1 - v[i])) - energy(v)))),
    ),
  );
}

// %% answer={"to":"q5","idea":"softplus that overflows","most":3}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(
    v.map((_, i) => -Math.log(1 + Math.exp(energy(v) - energy(v.with(i, 1 - v[i]))))),
  );
}

// %% answer={"to":"q5","idea":"sign of the gap","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  return sum(v.map((_, i) => -softplus(energy(v.with(i, 1 - v[i])) - energy(v))));
}

// %% answer={"to":"q5","idea":"units changed one after the other","most":2}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  let raised = machine.a[i]; // of the logarithm of the odds, when unit i is switched on
  for (const [j, b] of machine.b.entries()) {
    const without =
      b + sum(v.map((value, l) => (l === i ? 0 : value * machine.weights[l][j])));
    raised += softplus(without + machine.weights[i][j]) - softplus(without);
  }
  return sigmoid(raised);
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  const energy = (u: number[]) =>
    -dot(machine.a, u) -
    sum(
      machine.b.map((b, j) =>
        softplus(b + sum(u.map((value, l) => value * machine.weights[l][j]))),
      ),
    );
  const logarithm = (u: number[], i: number) =>
    -softplus(energy(u) - energy(u.with(i, 1 - u[i])));
  let [u, total] = [v, 0];
  for (const i of range(v.length)) {
    total += logarithm(u, i);
    u = u.with(i, 0);
  }
  return total;
}

// %% answer={"to":"q6","idea":"right","style":"sums over the hidden patterns"}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const [n, m] = [machine.a.length, machine.b.length];
  const [a, b] = [new Array<number>(n).fill(0), new Array<number>(m).fill(0)];
  let z = 0;
  for (let code = 0; code < 2 ** m; code++) {
    const h = range(m).map(j => (code >> j) & 1);
    const inputs = machine.a.map((bias, i) => bias + dot(machine.weights[i], h));
    const weight = Math.exp(dot(machine.b, h) + sum(inputs.map(softplus)));
    z += weight;
    for (const i of range(n)) a[i] += weight * sigmoid(inputs[i]);
    for (const j of range(m)) b[j] += weight * h[j];
  }
  const raised = (v: number[], j: number) =>
    sigmoid(machine.b[j] + sum(v.map((value, i) => value * machine.weights[i][j])));
  return {
    a: a.map((own, i) => mean(data.map(v => v[i])) - own / z),
    b: b.map((own, j) => mean(data.map(v => raised(v, j))) - own / z),
  };
}

// %% answer={"to":"q6","idea":"machine minus data","says":"goes downhill","most":1}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return own - seen;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"all patterns alike","says":"not equally probable","most":1}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => 1 + 0 * v[0]);
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"data alone","says":"the machine's is missing","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen + 0 * own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"machine alone","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return -own + 0 * seen;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"data summed","says":"Average over the patterns","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = sum(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"not divided by Z","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => weights[s] * values(v)[i]));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"hidden units at the mean pattern","most":2}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return {
    a: gradient(v => v, n),
    b: hidden(range(n).map(i => mean(data.map(v => v[i])))).map(
      (x, j) =>
        x - hidden(range(n).map(i => sum(all.map((v, s) => (weights[s] * v[i]) / z))))[j],
    ),
  };
}

// %% answer={"to":"q6","idea":"machine's hidden units at the mean pattern","says":"at the mean v","most":2.5}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return {
    a: gradient(v => v, n),
    b: range(machine.b.length).map(
      j =>
        mean(data.map(v => hidden(v)[j])) -
        hidden(range(n).map(i => sum(all.map((v, s) => (weights[s] * v[i]) / z))))[j],
    ),
  };
}

// %% answer={"to":"q6","idea":"σ(a) and σ(b)","says":"is not σ(","most":1}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return {
    a: machine.a.map((x, i) => mean(data.map(v => v[i])) - sigmoid(x)),
    b: machine.b.map((x, j) => mean(data.map(v => hidden(v)[j])) - sigmoid(x)),
  };
}

// %% answer={"to":"q6","idea":"CD-1 by means","most":3}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return {
    a: machine.a.map((x, i) =>
      mean(data.map(v => v[i] - sigmoid(x + dot(machine.weights[i], hidden(v))))),
    ),
    b: gradient(hidden, machine.b.length),
  };
}

// %% answer={"to":"q6","idea":"energy with the wrong sign","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(-dot(machine.a, v) - sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"visible bias not in the energy","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"energy of the inputs, not of their softplus","most":1}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"hidden units rounded","most":2}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(x => Number(x > 0));
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"hidden bias forgotten in the means","most":2}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map((x, j) => sigmoid(x - machine.b[j]));
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"three units hard-coded","most":2}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(8).map(code => range(n).map(i => (i < 3 ? (code >> i) & 1 : 0)));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"empty pattern left out","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n - 1).map(code => range(n).map(i => ((code + 1) >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"patterns of the data counted once","most":1}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(
        [...new Map(data.map(v => [v.join(), v])).values()].map(v => values(v)[i]),
      );
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q6","idea":"exchanged","most":0}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v).map(sigmoid);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(hidden, machine.b.length), b: gradient(v => v, n) };
}

// %% answer={"to":"q6","idea":"inputs for hidden means","most":2}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map((b, j) => b + sum(v.map((value, i) => value * machine.weights[i][j])));
  const hidden = (v: number[]) => inputs(v);
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const z = sum(weights);
  const gradient = (values: (v: number[]) => number[], size: number) =>
    range(size).map(i => {
      const seen = mean(data.map(v => values(v)[i]));
      const own = sum(all.map((v, s) => (weights[s] * values(v)[i]) / z));
      return seen - own;
    });
  return { a: gradient(v => v, n), b: gradient(hidden, machine.b.length) };
}

// %% answer={"to":"q7","idea":"right","style":"recursion"}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  if (sweeps === 0) return v.map((value, i) => (known[i] ? value : 0.5));
  const seen = complete(machine, v, known, sweeps - 1);
  const inputs = [...machine.b];
  for (const [i, value] of seen.entries()) {
    for (const [j, w] of machine.weights[i].entries()) inputs[j] += value * w;
  }
  const h = inputs.map(sigmoid);
  return machine.a.map((a, i) => (known[i] ? v[i] : sigmoid(a + dot(machine.weights[i], h))));
}

// %% answer={"to":"q7","idea":"starts at what stands in v","says":"whatever stands in v","most":2}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => value);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"starts at 0","says":"not at 0","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"starts at 1","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 1));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"known units change","says":"keep their values","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) => sigmoid(machine.a[i] + dot(machine.weights[i], h)));
  }
  return seen;
}

// %% answer={"to":"q7","idea":"known and unknown exchanged","says":"are fixed, the unknown","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? 0.5 : value));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? sigmoid(machine.a[i] + dot(machine.weights[i], h)) : value,
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"rounded","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : Math.round(sigmoid(machine.a[i] + dot(machine.weights[i], h))),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"one sweep too few","says":"too few","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps - 1; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"one sweep too many","says":"too many","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps + 1; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"always one sweep","most":1}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < 1; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"no biases","says":"Add the biases","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) => (known[i] ? value : sigmoid(dot(machine.weights[i], h))));
  }
  return seen;
}

// %% answer={"to":"q7","idea":"visible bias forgotten","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) => (known[i] ? value : sigmoid(dot(machine.weights[i], h))));
  }
  return seen;
}

// %% answer={"to":"q7","idea":"hidden bias forgotten","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(0 * b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"hidden units rounded","most":1}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      Math.round(sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j])))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"unit by unit","says":"from the same h","most":1}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    h.fill(0);
    for (const i of range(v.length)) {
      const now = machine.b.map((b, j) =>
        sigmoid(b + sum(seen.map((value, l) => value * machine.weights[l][j]))),
      );
      if (!known[i])
        seen = seen.with(i, sigmoid(machine.a[i] + dot(machine.weights[i], now)));
    }
  }
  return seen;
}

// %% answer={"to":"q7","idea":"only unknown units feed the hidden ones","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(
        b + sum(seen.map((value, i) => (known[i] ? 0 : value * machine.weights[i][j]))),
      ),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"only known units feed the hidden ones","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(
        b + sum(seen.map((value, i) => (known[i] ? value * machine.weights[i][j] : 0))),
      ),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"inputs in place of σ","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : machine.a[i] + dot(machine.weights[i], h),
    );
  }
  return seen;
}

// %% answer={"to":"q7","idea":"only the unknown units returned","most":0}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen.filter((_, i) => !known[i]);
}

// %% answer={"to":"q7","idea":"weights of the first hidden unit","most":1}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(b + sum(seen.map((value, i) => value * machine.weights[i][j]))),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + machine.weights[i][0] * h[0]),
    );
  }
  return seen;
}
