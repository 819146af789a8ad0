import type { Penguin } from "../tables.ts";
import { chance } from "./chance.ts";

type Measure = "bill_length_mm" | "bill_depth_mm" | "flipper_length_mm" | "body_mass_g";

/** Mean and standard deviation of each measure, and the step to which it was read. */
type Build = Record<Measure, readonly [mean: number, deviation: number]>;

const steps: Record<Measure, number> = {
  bill_length_mm: 0.1,
  bill_depth_mm: 0.1,
  flipper_length_mm: 1,
  body_mass_g: 25,
};

interface Kind extends Build, Pick<Penguin, "species" | "island" | "sex"> {
  count: number;
}

function kind(
  [species, island, sex, count]: readonly [Penguin["species"], Penguin["island"], Penguin["sex"], number],
  [bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g]: readonly (readonly [number, number])[],
): Kind {
  return { species, island, sex, count, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g } as Kind;
}

const none = Number.NaN;
const lost = [none, none] as const;

/** Counts, means and deviations of Horst, Hill & Gorman's palmerpenguins 0.1.0, by species and sex, computed from it. */
const kinds: readonly Kind[] = [
  kind(
    ["Adelie", "Dream", "female", 75],
    [
      [37.3, 2],
      [17.6, 0.9],
      [187.8, 5.6],
      [3369, 267],
    ],
  ),
  kind(
    ["Adelie", "Torgersen", "male", 76],
    [
      [40.4, 2.3],
      [19.1, 1],
      [192.4, 6.6],
      [4044, 344],
    ],
  ),
  kind(["Adelie", "Torgersen", null, 1], [lost, lost, lost, lost]),
  kind(
    ["Chinstrap", "Dream", "female", 34],
    [
      [46.6, 3.1],
      [17.6, 0.8],
      [191.7, 5.7],
      [3527, 281],
    ],
  ),
  kind(
    ["Chinstrap", "Dream", "male", 34],
    [
      [51.1, 1.5],
      [19.3, 0.7],
      [199.9, 5.9],
      [3939, 357],
    ],
  ),
  kind(
    ["Gentoo", "Biscoe", "female", 60],
    [
      [45.6, 2],
      [14.2, 0.5],
      [212.7, 3.9],
      [4680, 279],
    ],
  ),
  kind(
    ["Gentoo", "Biscoe", "male", 63],
    [
      [49.5, 2.7],
      [15.7, 0.7],
      [221.5, 5.6],
      [5485, 311],
    ],
  ),
  kind(["Gentoo", "Biscoe", null, 1], [lost, lost, lost, lost]),
];

/**
 * 344 penguins that never lived: each measure is drawn about the mean of its species and sex with their deviation, apart
 * from the other measures. Two were not measured, as in the real table. The same seed draws the same on every machine.
 */
export function drawnPenguins(seed: number): Penguin[] {
  const { about } = chance(seed);
  const draw = ([mean, deviation]: readonly [number, number], step: number) => {
    const value = Math.round((mean + about(deviation)) / step) * step;
    return Number.isNaN(value) ? null : Number(value.toFixed(1));
  };
  return kinds.flatMap(({ species, island, sex, count, ...build }) =>
    Array.from({ length: count }, (_, i) => {
      const measures = Object.entries(steps).map(([name, step]) => [name, draw(build[name as Measure], step)]);
      return { species, island, ...Object.fromEntries(measures), sex, year: 2007 + (i % 3) } as Penguin;
    }),
  );
}
