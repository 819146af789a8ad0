/** One cell that waits: `run` when its turn comes, or `abort` when a cell before it failed. */
export interface Waiting {
  run: () => Promise<{ stopTheRest: boolean }>;
  abort: () => void;
}

/** Cells run one after another. After one that fails, those that were already waiting are aborted. */
export class CellQueue {
  #waiting: Waiting[] = [];
  #running = false;

  add(cell: Waiting): void {
    this.#waiting.push(cell);
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running = true;
    for (let cell = this.#waiting.shift(); cell !== undefined; cell = this.#waiting.shift()) {
      const { stopTheRest } = await cell.run();
      if (!stopTheRest) continue;
      // "Run All" sends its cells at once: take in those that have arrived on the socket before judging.
      await new Promise(resolve => setTimeout(resolve, 2));
      for (const aborted of this.#waiting.splice(0)) aborted.abort();
    }
    this.#running = false;
  }
}
