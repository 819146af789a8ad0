/** What came of one submission. */
export interface Result {
  questions: QuestionResult[];
  /** What went wrong in cells of the student, by their place: errors, stops. */
  cells: CellFault[];
  /** The first of what the student's code printed. */
  printed: string;
}

export interface QuestionResult {
  id: string;
  points: number;
  earned: number;
  /** In words, a line a part; for a part that lost points what was expected and what came. */
  message: string;
}

export interface CellFault {
  /** The cell's id in the assignment, or undefined for one that the student has added. */
  id?: string;
  /** 1 for the first code cell of the submission. */
  number: number;
  message: string;
}
