/** A number as Python writes it: the shortest text that reads as the same number, with an exponent below 0.0001. */
export function written(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  const [digits, exponent] = value.toExponential().split("e-") as [string, string];
  return `${digits}e-${exponent.padStart(2, "0")}`;
}
