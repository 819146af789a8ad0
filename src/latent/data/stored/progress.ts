import { hostKernel } from "../../display/host.ts";
import { Place, type Standing } from "../../progress/index.ts";

/** A download as it is seen: in the cell, on a terminal, or not at all. */
export interface Progress {
  advance(done: number, total: number | undefined): void;
  /** Leaves one line in the cell and nothing on a terminal. */
  end(succeeded: boolean): void;
}

/** Five pictures a second do for a line on a terminal. */
const EVERY_MS = 200;
const BAR = 30;

/** A progress bar for a download of `title`. Nothing is shown before the first byte is there. */
export function showProgress(title: string, terminal: NodeJS.WriteStream = process.stderr): Progress {
  return hostKernel() ? inCell(title) : onTerminal(title, terminal);
}

function inCell(title: string): Progress {
  const start = performance.now();
  let place: Place | undefined;
  let latest: [done: number, total: number | undefined] | undefined;
  return {
    advance(done, total) {
      latest = [done, total];
      place ??= new Place();
      const megabytes: Standing = {
        words: [`Downloading ${title}: ${amount(done, total)}`],
        done: done / 1e6,
        total: total && total / 1e6,
        rate: { perSecond: done / 1000 / (performance.now() - start), unit: "MB" },
      };
      place.show(() => megabytes);
    },
    end(succeeded) {
      if (latest === undefined) return;
      const words = [`${ending(title, succeeded)}: ${amount(...latest)}`];
      place?.end({ words, done: latest[0], total: latest[1] });
    },
  };
}

function onTerminal(title: string, terminal: NodeJS.WriteStream): Progress {
  const show = line(terminal);
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
      if (latest) show(`${ending(title, succeeded)}: ${amount(...latest)}`, fraction(...latest), true);
    },
  };
}

function ending(title: string, succeeded: boolean): string {
  return succeeded ? `Downloaded ${title}` : `The download of ${title} broke off`;
}

type Show = (words: string, fraction: number | undefined, last: boolean) => void;

function line(terminal: NodeJS.WriteStream): Show {
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
