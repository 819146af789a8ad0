// One step as it is seen: on a terminal one line that moves, elsewhere (a log, a pipe) a line now and then.
const BAR = 20;
const MOVES_EVERY_MS = 100;
const SAYS_EVERY_MS = 10_000;
export const CLEAR = "\r\x1b[K";

/**
 * @param name of the step
 * @param stream where it is seen
 * @param now a clock in milliseconds; a test puts its own here
 */
export function liveLine(name, stream = process.stderr, now = () => performance.now()) {
  const head = `Latent: ${name} … `;
  const start = now();
  let moved = Number.NEGATIVE_INFINITY;
  let said = start;
  stream.write(head);
  return {
    /** What it is doing now, and how much of it is done, from 0 to 1, where that is known. */
    advance(words, fraction) {
      if (stream.isTTY) {
        if (now() - moved < MOVES_EVERY_MS) return;
        moved = now();
        stream.write(CLEAR + fitting(`${head}${bar(fraction)}${words}`, stream.columns));
      } else if (now() - said >= SAYS_EVERY_MS) {
        said = now();
        stream.write(`\n  ${words} after ${Math.round((now() - start) / 1000)} s … `);
      }
    },
    /** Leaves the step's line with its outcome. */
    end(outcome) {
      stream.write(stream.isTTY ? `${CLEAR}${head}${outcome}\n` : `${outcome}\n`);
    },
  };
}

function bar(fraction) {
  if (fraction === undefined) return "";
  const full = Math.round(Math.min(1, fraction) * BAR);
  return `[${"#".repeat(full)}${"-".repeat(BAR - full)}] `;
}

// A line that wraps could not be taken back. Some terminals say that they have no columns at all.
export function fitting(text, columns) {
  const width = columns || 80;
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}
