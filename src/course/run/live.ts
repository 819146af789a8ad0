import { CLEAR, fitting, type LineStream } from "../../../scripts/live-line.mjs";
import type { Json, Message } from "../../protocol/index.ts";
import { displayId } from "./outputs.ts";

/** How far the running cell is, as its progress says it in words. */
export interface Live {
  take(message: Message): void;
  /** The cell is over: the line goes, and what the cell leaves is printed. */
  end(): void;
}

const MOVES_EVERY_MS = 100;
const SAYS_EVERY_MS = 10_000;

/** On a terminal one line that moves, ten times a second at most; in a log a line every ten seconds. */
export function liveProgress(stream: LineStream, now: () => number = () => performance.now()): Live {
  const every = stream.isTTY ? MOVES_EVERY_MS : SAYS_EVERY_MS;
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : now();
  let isShown = false;
  return {
    take(message) {
      const words = wordsOf(message);
      if (words === undefined || now() - shownAt < every) return;
      shownAt = now();
      isShown = true;
      stream.write(stream.isTTY ? CLEAR + fitting(`    ${words}`, stream.columns) : `    ${words}\n`);
    },
    end() {
      if (isShown && stream.isTTY) stream.write(CLEAR);
      isShown = false;
    },
  };
}

/** What changes in its place is progress: bars inside bars are one line. */
function wordsOf({ header: { msg_type }, content }: Message): string | undefined {
  if (msg_type !== "update_display_data" && msg_type !== "display_data") return undefined;
  if (displayId(content) === undefined) return undefined;
  const text = (content.data as Json)["text/plain"];
  if (typeof text !== "string") return undefined;
  return text
    .split("\n")
    .map(line => line.trim())
    .join(" | ");
}
