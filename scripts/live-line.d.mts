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
