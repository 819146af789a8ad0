import type { GradeProgress } from "../../../homework/index.ts";

const WIDTH = 30;
/** After so long at the same number it is said whose notebook is graded: one that never ends takes minutes. */
const PATIENCE_MS = 15_000;

/** Where it is seen. */
export type Seen = Pick<NodeJS.WriteStream, "isTTY" | "columns"> & { write(text: string): boolean };

export interface ProgressBar {
  show(now: GradeProgress): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line for each tenth, and one for each notebook that takes long. */
export function progressBar(out: Seen = process.stderr, patienceMs: number = PATIENCE_MS): ProgressBar {
  let last: GradeProgress = { done: 0, of: 0, at: [] };
  let tenth = 0;
  const line = (text: string) =>
    out.write(out.isTTY ? `\r\x1b[K${text.slice(0, (out.columns || 80) - 1)}` : `${text}\n`);
  const patience = setInterval(() => {
    if (last.at.length > 0) line(`${counts(last, out)}, still at ${last.at.join(", ")}`);
  }, patienceMs).unref();
  return {
    show: (now: GradeProgress) => {
      const { done, of } = now;
      if (done !== last.done) patience.refresh();
      last = now;
      const before = tenth;
      tenth = Math.floor((10 * done) / of);
      if (out.isTTY || tenth > before) line(counts(now, out));
    },
    end: () => {
      clearInterval(patience);
      if (out.isTTY && last.of > 0) out.write("\n");
    },
  };
}

function counts({ done, of }: GradeProgress, { isTTY }: Seen): string {
  const filled = Math.round((WIDTH * done) / of);
  return `${isTTY ? `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ` : ""}${done} of ${of}`;
}
