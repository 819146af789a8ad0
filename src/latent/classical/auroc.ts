/** A receiver operating characteristic, from the strictest threshold to the laxest; begins at (0, 0), ends at (1, 1). */
export interface Roc {
  /** Share of normal examples that are called anomalous. */
  falsePositive: number[];
  /** Share of anomalies that are called anomalous. */
  truePositive: number[];
  /** Scores at and above which an example is called anomalous; the first is ∞. */
  threshold: number[];
}

/**
 * Area under the ROC curve: the probability that an anomaly has a higher score than a normal example, ties counting one
 * half (Mann & Whitney 1947). Exact, from ranks. 0.5 is chance, 1 is perfect.
 *
 * @param scores high means anomalous
 * @param anomalous for each score, whether it belongs to an anomaly
 * @throws RangeError when one of the two kinds is absent, or a score or a kind is no number (NaN)
 */
export function auroc(scores: ArrayLike<number>, anomalous: ArrayLike<boolean | number>): number {
  const { falsePositive, truePositive } = roc(scores, anomalous);
  let area = 0;
  for (let i = 1; i < falsePositive.length; i++) {
    const width = (falsePositive[i] as number) - (falsePositive[i - 1] as number);
    area += (width * ((truePositive[i] as number) + (truePositive[i - 1] as number))) / 2;
  }
  return area;
}

/** The ROC curve, one point for each different score. Arguments and errors as in {@link auroc}. */
export function roc(scores: ArrayLike<number>, anomalous: ArrayLike<boolean | number>): Roc {
  const order = descending(scores, anomalous);
  const positives = order.filter(i => anomalous[i]).length;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new RangeError(`An ROC curve needs both kinds; got ${positives} anomalies and ${negatives} normal examples.`);
  }
  const curve: Roc = { falsePositive: [0], truePositive: [0], threshold: [Number.POSITIVE_INFINITY] };
  let hits = 0;
  order.forEach((example, seen) => {
    if (anomalous[example]) hits++;
    const score = scores[example] as number;
    if (seen + 1 < order.length && scores[order[seen + 1] as number] === score) return; // a tie: one point for all
    curve.truePositive.push(hits / positives);
    curve.falsePositive.push((seen + 1 - hits) / negatives);
    curve.threshold.push(score);
  });
  return curve;
}

function descending(scores: ArrayLike<number>, anomalous: ArrayLike<unknown>): number[] {
  if (scores.length !== anomalous.length) {
    throw new RangeError(`Each score needs its kind; got ${scores.length} scores and ${anomalous.length} kinds.`);
  }
  const order = Array.from({ length: scores.length }, (_, i) => i);
  const bad = order.find(i => Number.isNaN(scores[i]));
  if (bad !== undefined) throw new RangeError(`Score ${bad} is no number (NaN).`);
  const unknown = order.find(i => Number.isNaN(anomalous[i]));
  if (unknown !== undefined) throw new RangeError(`Whether example ${unknown} is an anomaly is not known (NaN).`);
  return order.sort((a, b) => compare(scores[b] as number, scores[a] as number));
}

/** Not by a difference: ∞ − ∞ is no number. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
