/** The texts that a kernel is measured with, in its own language. `n` makes each text a new one. */
export interface Cells {
  one: string;
  /** Run once before `typed`. */
  imports: string;
  /** About 30 lines with types, where the language has them. */
  typed: (n: number) => string;
  growth: (n: number) => string;
  /** Run once before `completion`. */
  members: string;
  /** The cursor stands at the end. */
  completion: (n: number) => string;
  loop: string;
  /** Undefined where a cell cannot wait. */
  awaitForever: string | undefined;
  exit: string;
  /** 10,000 writes of 1,024 characters. */
  output: string;
  /** The numbers from 0 to 99,999, one a line. */
  lines: string;
}
