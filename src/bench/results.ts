/** What one measure gave: a number, or words where there is none ("no answer", "dies"). */
export type Reading = number | string;

/** All readings, by row and kernel; a measure adds one reading a round. */
export class Results {
  readonly #readings = new Map<string, Map<string, Reading[]>>();

  add(row: string, kernel: string, reading: Reading): void {
    const kernels = this.#readings.get(row) ?? new Map<string, Reading[]>();
    this.#readings.set(row, kernels);
    kernels.set(kernel, [...(kernels.get(kernel) ?? []), reading]);
  }

  numbers(row: string, kernel: string): number[] {
    return this.#of(row, kernel).filter(reading => typeof reading === "number");
  }

  /** What was said in place of a number, each word once. */
  words(row: string, kernel: string): string[] {
    return [...new Set(this.#of(row, kernel).filter(reading => typeof reading === "string"))];
  }

  #of(row: string, kernel: string): Reading[] {
    return this.#readings.get(row)?.get(kernel) ?? [];
  }
}
