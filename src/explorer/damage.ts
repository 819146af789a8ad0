/** What is done to an image before a network sees it. */
export type Damage = "none" | "noise" | "mask" | "shift";

/** Draws of each pixel; they stay while the level changes, so that only the level is seen to change. */
export interface Draws {
  normal: Float32Array;
  uniform: Float32Array;
}

export function draws(size: number, random: () => number = Math.random): Draws {
  // Box and Muller 1958; 1 − random() is never 0.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return { normal: Float32Array.from({ length: size }, normal), uniform: Float32Array.from({ length: size }, random) };
}

/** An image `[side · side]` after damage: noise of variance `level`, a share `level` of pixels set to 0, or `level` pixels to the right. */
export const damaged: Record<Damage, (image: Float32Array, side: number, level: number, draws: Draws) => Float32Array> =
  {
    none: image => image,
    noise: (image, _, level, { normal }) => image.map((value, i) => value + Math.sqrt(level) * (normal[i] as number)),
    mask: (image, _, level, { uniform }) => image.map((value, i) => ((uniform[i] as number) < level ? 0 : value)),
    shift: (image, side, level) =>
      image.map((_, i) => ((i % side) - level < 0 || (i % side) - level >= side ? 0 : (image[i - level] as number))),
  };

/** The level in the words of the field. */
export const inWords: Record<Damage, (level: number) => string> = {
  none: () => "as it is",
  noise: level => `noise σ² = ${level}`,
  mask: level => `${Math.round(100 * level)} % masked`,
  shift: level => `shifted by ${level}`,
};
