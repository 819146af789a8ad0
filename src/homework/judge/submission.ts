/** A submission as it is run: the student's cells in order, and how many of them stand before each question's tests. */
export interface Runnable {
  cells: readonly RunnableCell[];
  /** By the id of the cell with the tests. */
  before: Readonly<Record<string, number>>;
}

export interface RunnableCell {
  /** Where it has a role in the assignment. */
  id?: string;
  source: string;
  /** Computing time, ms. */
  limit: number;
}

/** Computing time of a cell or of a question's tests where the assignment says none, ms. */
export const DEFAULT_LIMIT = 10_000;
