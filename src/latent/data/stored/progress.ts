import { randomUUID } from "node:crypto";
import { hostKernel, type MimeBundle } from "../../display/host.ts";

/** A download as it is seen: in the cell, on a terminal, or not at all. */
export interface Progress {
  advance(done: number, total: number | undefined): void;
  /** Leaves one line in the cell and nothing on a terminal. */
  end(succeeded: boolean): void;
}

/** Twenty pictures a second are seen as motion; five do for a bar and cost the front end nothing. */
const EVERY_MS = 200;
const BAR = 30;

/** A progress bar for a download of `title`. Nothing is shown before the first byte is there. */
export function showProgress(title: string, terminal: NodeJS.WriteStream = process.stderr): Progress {
  const show = hostKernel() ? inCell() : onTerminal(terminal);
  let last = 0;
  let latest: [number, number | undefined] | undefined;
  return {
    advance(done, total) {
      latest = [done, total];
      if (performance.now() - last < EVERY_MS) return;
      last = performance.now();
      show(`Downloading ${title}: ${amount(done, total)}`, fraction(done, total), false);
    },
    end(succeeded) {
      const words = succeeded ? `Downloaded ${title}` : `The download of ${title} broke off`;
      if (latest) show(`${words}: ${amount(...latest)}`, fraction(...latest), true);
    },
  };
}

type Show = (words: string, fraction: number | undefined, last: boolean) => void;

function inCell(): Show {
  const display_id = randomUUID();
  let shown = false;
  return (words, fraction, last) => {
    const kernel = hostKernel();
    const value = fraction === undefined ? "" : ` value="${fraction}"`;
    const bar = last ? "" : `<progress${value} style="width: 16em"></progress> `;
    const bundle: MimeBundle = { "text/html": `${bar}${words}`, "text/plain": words };
    if (shown && kernel?.update) kernel.update(bundle, {}, { display_id });
    else if (!shown) kernel?.display(bundle, {}, { display_id });
    shown = true;
  };
}

function onTerminal(terminal: NodeJS.WriteStream): Show {
  if (!terminal.isTTY) return () => {};
  return (words, fraction, last) => {
    const full = Math.round((fraction ?? 0) * BAR);
    const bar = fraction === undefined ? "" : `[${"#".repeat(full)}${"-".repeat(BAR - full)}] `;
    terminal.write(last ? "\r\x1b[K" : `\r\x1b[K${bar}${words}`);
  };
}

function fraction(done: number, total: number | undefined): number | undefined {
  return total ? Math.min(1, done / total) : undefined;
}

function amount(done: number, total: number | undefined): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return total ? `${megabytes(done)} of ${megabytes(total)} MB` : `${megabytes(done)} MB`;
}
