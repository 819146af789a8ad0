// %% idea="what all solutions share"
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]): number => sum(values) / values.length;

/** log of a Gaussian kernel density at `x`, in nats; `weight` of each kernel is 1/n unless given. */
function logDensity(seen: number[], x: number, h: number, weight = 1 / seen.length): number {
  const kernels = seen.map(center => Math.exp(-((x - center) ** 2) / (2 * h * h)));
  return Math.log((weight * sum(kernels)) / (h * Math.sqrt(2 * Math.PI)));
}

/** How many points of class i are in group j. */
function counts(classes: number[], groups: number[]): number[][] {
  const table = [0, 1, 2].map(() => [0, 0, 0]);
  classes.forEach((own, i) => {
    (table[own] as number[])[groups[i] as number]++;
  });
  return table;
}

/** Precision and recall of the threshold `t`. */
function rates(t: number, scores: number[], anomalous: boolean[]) {
  const alarms = anomalous.filter((_, i) => (scores[i] as number) >= t);
  const hits = alarms.filter(Boolean).length;
  return { precision: hits / alarms.length, recall: hits / anomalous.filter(Boolean).length };
}

// %% exercise="1" idea="right"
export function timesTheBest(widths: number[]): number[] {
  return widths.map(width => Math.max(width * width, 1)); // it ends at width²; the best is width² or 1
}

// %% exercise="1" idea="the width 4 for all: never the best start" says="that start is the best one"
export function neverBest(widths: number[]): number[] {
  return widths.map(width => width ** 2);
}

// %% exercise="1" idea="converged is optimal" says="may be above the best"
export function alwaysBest(widths: number[]): number[] {
  return widths.map(() => 1);
}

// %% exercise="1" idea="distances that are not squared" says="adds squared distances"
export function notSquared(widths: number[]): number[] {
  return widths.map(width => Math.max(width, 1));
}

// %% exercise="1" idea="the wrong way round" says="turn it round"
export function turnedRound(widths: number[]): number[] {
  return widths.map(width => Math.min(1 / width ** 2, 1));
}

// %% exercise="1" idea="whole edges instead of halves" says="expected"
export function wholeEdges(widths: number[]): number[] {
  return widths.map(width => Math.max(4 * width ** 2, 1));
}

// %% exercise="1" idea="one rectangle only" says="Expected are"
export function oneRectangle(widths: number[]): number[] {
  return [Math.max((widths[0] as number) ** 2, 1)];
}

// %% exercise="2" idea="right"
export function bestNaming(classes: number[], groups: number[]): number {
  const namings = ["012", "021", "102", "120", "201", "210"]; // the class of group 0, 1, 2
  const right = namings.map(naming => groups.filter((group, i) => Number(naming[group]) === classes[i]).length);
  return Math.max(...right) / classes.length;
}

// %% exercise="2" idea="purity: the majority of each group" says="One-to-one"
export function purity(classes: number[], groups: number[]): number {
  const table = counts(classes, groups);
  return sum([0, 1, 2].map(group => Math.max(...table.map(row => row[group] as number)))) / classes.length;
}

// %% exercise="2" idea="greedy" says="The largest count first"
export function greedy(classes: number[], groups: number[]): number {
  const cells = counts(classes, groups).flatMap((row, own) => row.map((count, group) => ({ count, own, group })));
  cells.sort((a, b) => b.count - a.count);
  const taken: typeof cells = [];
  for (const cell of cells) {
    if (!taken.some(({ own, group }) => own === cell.own || group === cell.group)) taken.push(cell);
  }
  return sum(taken.map(({ count }) => count)) / classes.length;
}

// %% exercise="2" idea="numbers as names" says="is not its name"
export function numbersAsNames(classes: number[], groups: number[]): number {
  return mean(classes.map((own, i) => Number(own === groups[i])));
}

// %% exercise="2" idea="a count" says="return a share"
export function countRight(classes: number[], groups: number[]): number {
  return bestNaming(classes, groups) * classes.length;
}

// %% exercise="2" idea="majority of each class" says="expected"
export function majorityOfClass(classes: number[], groups: number[]): number {
  return mean(counts(classes, groups).map(row => Math.max(...row) / sum(row)));
}

// %% exercise="2" idea="nothing returned" says="That is no number"
export function nothing(classes: number[], groups: number[]): number {
  bestNaming(classes, groups);
  return undefined as unknown as number;
}

// %% exercise="2" idea="identity and swaps" says="Two of the six namings"
export function swapsOnly(classes: number[], groups: number[]): number {
  const shares = ["012", "021", "102", "210"].map(naming =>
    mean(groups.map((group, i) => Number(Number(naming[group]) === classes[i]))),
  );
  return Math.max(...shares);
}

// %% exercise="2" idea="swaps alone" says="expected"
export function withoutIdentity(classes: number[], groups: number[]): number {
  const shares = ["021", "102", "210"].map(naming =>
    mean(groups.map((group, i) => Number(Number(naming[group]) === classes[i]))),
  );
  return Math.max(...shares);
}

// %% exercise="3" idea="right"
export function chooseWidth(seen: number[], held: number[], widths: number[]) {
  const score = (h: number): number => {
    const logs = held.map(x => {
      const exponents = seen.map(center => -((x - center) ** 2) / (2 * h * h));
      const most = Math.max(...exponents); // in front of the sum, so that a far kernel does not vanish
      const sum = exponents.reduce((total, exponent) => total + Math.exp(exponent - most), 0);
      return most + Math.log(sum / (seen.length * h * Math.sqrt(2 * Math.PI)));
    });
    return logs.reduce((total, log) => total + log, 0) / held.length;
  };
  const choices = widths.map(width => ({ width, logLikelihood: score(width) }));
  return choices.reduce((best, choice) => (choice.logLikelihood > best.logLikelihood ? choice : best));
}

// %% exercise="3" idea="judged by the data that were seen" says="choose the smallest"
export function judgedBySeen(seen: number[], _held: number[], widths: number[]) {
  return chooseWidth(seen, seen, widths);
}

// %% exercise="3" idea="a sum" says="That is a sum"
export function summed(seen: number[], held: number[], widths: number[]) {
  const { width, logLikelihood } = chooseWidth(seen, held, widths);
  return { width, logLikelihood: logLikelihood * held.length };
}

// %% exercise="3" idea="kernels without their weight" says="has the weight 1/N"
export function withoutWeight(seen: number[], held: number[], widths: number[]) {
  const { width } = chooseWidth(seen, held, widths);
  return { width, logLikelihood: mean(held.map(x => logDensity(seen, x, width, 1))) };
}

// %% exercise="3" idea="log of the mean density" says="expected"
export function logOfMean(seen: number[], held: number[], widths: number[]) {
  const { width } = chooseWidth(seen, held, widths);
  return { width, logLikelihood: Math.log(mean(held.map(x => Math.exp(logDensity(seen, x, width))))) };
}

// %% exercise="3" idea="the widest" says="expected"
export function widest(seen: number[], held: number[], widths: number[]) {
  const width = Math.max(...widths);
  return { width, logLikelihood: mean(held.map(x => logDensity(seen, x, width))) };
}

// %% exercise="3" idea="logarithm of base 10" says="expected"
export function decimal(seen: number[], held: number[], widths: number[]) {
  const { width, logLikelihood } = chooseWidth(seen, held, widths);
  return { width, logLikelihood: logLikelihood / Math.LN10 };
}

// %% exercise="3" idea="divided by the 8 of one question" says="expected"
export function dividedByEight(seen: number[], held: number[], widths: number[]) {
  const { width, logLikelihood } = chooseWidth(seen, held, widths);
  return { width, logLikelihood: (logLikelihood * held.length) / 8 };
}

// %% exercise="4" idea="right"
export function areaUnderRoc(normal: number[], anomalous: number[]): number {
  const games: number[] = anomalous.flatMap(a => normal.map(b => (a > b ? 1 : a === b ? 0.5 : 0)));
  return games.reduce((sum, game) => sum + game, 0) / games.length;
}

// %% exercise="4" idea="ties count nothing" says="not nothing"
export function tiesLost(normal: number[], anomalous: number[]): number {
  return mean(anomalous.flatMap(a => normal.map(b => Number(a > b))));
}

// %% exercise="4" idea="ties count one" says="not one"
export function tiesWon(normal: number[], anomalous: number[]): number {
  return mean(anomalous.flatMap(a => normal.map(b => Number(a >= b))));
}

// %% exercise="4" idea="the other way round" says="turn it round"
export function reversed(normal: number[], anomalous: number[]): number {
  return 1 - areaUnderRoc(normal, anomalous);
}

// %% exercise="4" idea="a number of pairs" says="return their share"
export function pairsWon(normal: number[], anomalous: number[]): number {
  return areaUnderRoc(normal, anomalous) * normal.length * anomalous.length;
}

// %% exercise="4" idea="difference of means" says="expected"
export function meanGap(normal: number[], anomalous: number[]): number {
  return mean(anomalous) - mean(normal);
}

// %% exercise="4" idea="a constant" says="the same for every question"
export function constantArea(): number {
  return 0.75;
}

// %% exercise="4" idea="nothing returned" says="Nothing was returned"
export function noArea(normal: number[], anomalous: number[]): number {
  areaUnderRoc(normal, anomalous);
  return undefined as unknown as number;
}

// %% exercise="4" idea="thresholds at whole numbers" says="between whole numbers"
export function wholeThresholds(normal: number[], anomalous: number[]): number {
  return areaUnderRoc(normal.map(Math.floor), anomalous.map(Math.floor));
}

// %% exercise="4" idea="divided by 40 pairs" says="expected"
export function fortyPairs(normal: number[], anomalous: number[]): number {
  return (areaUnderRoc(normal, anomalous) * normal.length * anomalous.length) / 40;
}

// %% exercise="5" idea="right"
export function judge(training: number[], scores: number[], anomalous: boolean[]) {
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = average(training);
  const deviation = Math.sqrt(average(training.map(score => (score - centre) ** 2)));
  const alarms = anomalous.filter((_, i) => (scores[i] as number) >= centre + deviation);
  const hits = alarms.filter(Boolean).length;
  return { precision: hits / alarms.length, recall: hits / anomalous.filter(Boolean).length };
}

// %% exercise="5" idea="threshold at the mean" says="one deviation above"
export function atTheMean(training: number[], scores: number[], anomalous: boolean[]) {
  return rates(mean(training), scores, anomalous);
}

// %% exercise="5" idea="n − 1" says="Divide by N"
export function sampleDeviation(training: number[], scores: number[], anomalous: boolean[]) {
  const centre = mean(training);
  const squares = sum(training.map(score => (score - centre) ** 2));
  return rates(centre + Math.sqrt(squares / (training.length - 1)), scores, anomalous);
}

// %% exercise="5" idea="two deviations" says="not two"
export function twoDeviations(training: number[], scores: number[], anomalous: boolean[]) {
  const centre = mean(training);
  return rates(centre + 2 * Math.sqrt(mean(training.map(score => (score - centre) ** 2))), scores, anomalous);
}

// %% exercise="5" idea="exchanged" says="are exchanged"
export function exchanged(training: number[], scores: number[], anomalous: boolean[]) {
  const { precision, recall } = judge(training, scores, anomalous);
  return { precision: recall, recall: precision };
}

// %% exercise="5" idea="the variance instead of its root" says="expected"
export function withVariance(training: number[], scores: number[], anomalous: boolean[]) {
  const centre = mean(training);
  return rates(centre + 3 * mean(training.map(score => (score - centre) ** 2)), scores, anomalous);
}

// %% exercise="5" idea="always alarm" says="expected"
export function alwaysAlarm(_training: number[], scores: number[], anomalous: boolean[]) {
  return rates(Number.NEGATIVE_INFINITY, scores, anomalous.map(Boolean).reverse());
}

// %% exercise="5" idea="the largest training score" says="The largest training score"
export function aboveAllTraining(training: number[], scores: number[], anomalous: boolean[]) {
  return rates(Math.max(...training), scores, anomalous);
}

// %% exercise="5" idea="mean absolute deviation" says="mean absolute deviation"
export function absoluteDeviation(training: number[], scores: number[], anomalous: boolean[]) {
  const centre = mean(training);
  return rates(centre + mean(training.map(score => Math.abs(score - centre))), scores, anomalous);
}

// %% exercise="5" idea="above, not at least" says="at the threshold raises an alarm"
export function strictlyAbove(training: number[], scores: number[], anomalous: boolean[]) {
  const centre = mean(training);
  const deviation = Math.sqrt(mean(training.map(score => (score - centre) ** 2)));
  return rates(centre + deviation + 1e-6, scores, anomalous);
}

// %% exercise="5" idea="median and half the range" says="expected"
export function halfTheRange(training: number[], scores: number[], anomalous: boolean[]) {
  const sorted = training.toSorted((a, b) => a - b);
  const half = ((sorted.at(-1) as number) - (sorted[0] as number)) / 2;
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
  return rates(median + half, scores, anomalous);
}

// %% exercise="6" idea="right"
export function precisionElsewhere(precision: number, here: number, shares: number[]): number[] {
  const odds = (share: number) => share / (1 - share);
  const factor = odds(precision) / odds(here); // TPR / FPR, which belongs to the detector
  return shares.map(share => (odds(share) * factor) / (1 + odds(share) * factor));
}

// %% exercise="6" idea="precision stays" says="changes with the share"
export function stays(precision: number, _here: number, shares: number[]): number[] {
  return shares.map(() => precision);
}

// %% exercise="6" idea="in proportion" says="is not proportional"
export function inProportion(precision: number, here: number, shares: number[]): number[] {
  return shares.map(share => (precision * share) / here);
}

// %% exercise="6" idea="odds in proportion to shares" says="odds of the shares"
export function shareOfOdds(precision: number, here: number, shares: number[]): number[] {
  const odds = shares.map(share => ((precision / (1 - precision)) * share) / here);
  return odds.map(value => value / (1 + value));
}

// %% exercise="6" idea="odds" says="return the precision"
export function onlyOdds(precision: number, here: number, shares: number[]): number[] {
  return precisionElsewhere(precision, here, shares).map(value => value / (1 - value));
}

// %% exercise="6" idea="share of false alarms" says="alarms that are false"
export function falseShare(precision: number, here: number, shares: number[]): number[] {
  return precisionElsewhere(precision, here, shares).map(value => 1 - value);
}

// %% exercise="6" idea="1 − precision as false-alarm rate, recall 1" says="expected"
export function wrongBase(precision: number, _here: number, shares: number[]): number[] {
  return shares.map(share => share / (share + (1 - share) * (1 - precision)));
}

// %% exercise="6" idea="one number" says="Expected is a list"
export function oneNumber(precision: number, here: number, shares: number[]): number {
  return precisionElsewhere(precision, here, shares)[0] as number;
}
