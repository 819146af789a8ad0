import { readSync } from "node:fs";
import { Buffer, Error, JSON, performance, String } from "../intrinsics.ts";
import { type Answer, FD } from "../messages.ts";
import { hide } from "./hide.ts";
import type { Execution } from "./state.ts";

/** The front end takes no questions (a headless run), so asking one is an error of the cell. */
class StdinNotImplementedError extends Error {
  override readonly name = "StdinNotImplementedError";
}

/** Gives cells `prompt`, `confirm` and `alert` as browsers and Deno have them, and `password`, which shows nothing. */
export function provideQuestions(execution: Execution): void {
  hide("prompt", (message = "Prompt", initial?: unknown) => {
    const hint = initial === undefined ? "" : ` [${initial}]`;
    const answer = ask(execution, `${message}${hint} `, false);
    return answer === "" && initial !== undefined ? String(initial) : answer;
  });
  hide("password", (message = "Password") => ask(execution, `${message} `, true));
  hide("confirm", (message = "Confirm") => /^y(es)?$/i.test(ask(execution, `${message} [y/N] `, false).trim()));
  hide("alert", (message = "Alert") => void ask(execution, `${message} [Enter] `, false));
}

/** Throws where the front end takes no questions. */
export function ask(execution: Execution, prompt: string, password: boolean): string {
  if (!execution.running?.allowStdin)
    throw new StdinNotImplementedError("This front end takes no questions, so the cell cannot ask for input.");
  execution.events.tell({ type: "input", cell: execution.running.id, prompt, password });
  const { value } = readAnswer();
  return value ?? awaitTermination();
}

/** The question was withdrawn because the cell is being stopped: nothing of the cell runs before that arrives. */
function awaitTermination(): never {
  const latest = performance.now() + 1000;
  while (performance.now() < latest);
  throw new Error("The question was withdrawn.");
}

/** Blocks until the front process has written one line of JSON; an interrupt makes it write an empty answer. */
function readAnswer(): Answer {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(65_536);
  for (;;) {
    const size = readSync(FD.answers, piece, 0, piece.length, null);
    if (size === 0) throw new Error("The kernel is gone.");
    pieces.push(Buffer.from(piece.subarray(0, size)));
    if (piece[size - 1] === 10) return JSON.parse(Buffer.concat(pieces).toString("utf8")) as Answer;
  }
}
