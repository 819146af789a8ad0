export interface LiveLine {
  advance(words: string, fraction?: number): void;
  end(outcome: string): void;
}

export interface LineStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export function liveLine(name: string, stream?: LineStream, now?: () => number): LiveLine;

/** Takes the line of a terminal back. */
export const CLEAR: string;

/** As much of a text as fits on one line of a terminal. */
export function fitting(text: string, columns: number | undefined): string;
