/** What the judge asks of a box; one answer each, with the same number. */
export type Request = { id: number } & (
  | { do: "run"; code: string; name: string }
  | { do: "get"; name: string }
  | { do: "property"; handle: number; name: string }
  | { do: "call"; handle: number; args: unknown[] }
  | { do: "construct"; handle: number; args: unknown[] }
);

/** What a box says. It knows no test, no points and no expected value; all of it is taken as data. */
export type Answer =
  | { id: number; value: unknown }
  | { id: number; error: { name: string; message: string; line?: number } }
  /** The student's code calls a function that a test gave it; the answer comes on descriptor 4. */
  | { id: number; calls: number; args: unknown[] };

/** The answer to such a call. */
export type Called = { value: unknown } | { error: { name: string; message: string } };

/** The first answer of a box: it has started. */
export const STARTED = 0;

export const REQUESTS = 3;
export const CALLBACKS = 4;
