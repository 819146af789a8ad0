import { cpus, loadavg, totalmem } from "node:os";
import { median, written } from "./statistics.ts";

const SAMPLE_MS = 5000;

/** Notes how busy the machine was while a bench ran: its own work and that of others. */
export class Load {
  readonly #samples: number[] = [loadavg()[0] ?? 0];
  readonly #timer = setInterval(() => this.#samples.push(loadavg()[0] ?? 0), SAMPLE_MS);

  /** Ends the watch; tells the middle load and its range. */
  stop(): string {
    clearInterval(this.#timer);
    const [least, most] = [Math.min(...this.#samples), Math.max(...this.#samples)];
    return `${written(median(this.#samples))} (${written(least)}-${written(most)})`;
  }
}

/** Cores and memory. No names: the table is read elsewhere. */
export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.replace(/\s+/g, " ").trim() ?? "unknown";
  return `${all.length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform} ${process.arch}`;
}
