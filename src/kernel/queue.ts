/** One cell that waits: `run` when its turn comes, or `abort` when a cell before it failed. */
export interface Waiting {
  /** Runs the cell; calls `stopTheRest` before it answers, where its failure stops the cells behind it. */
  run: (stopTheRest: () => Promise<void>) => Promise<void>;
  abort: () => void;
}

const ON_THEIR_WAY_MS = 10;

/** Cells run one after another. After one that fails, those that were waiting by then are aborted. */
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
      const stopped: Waiting[] = [];
      await cell.run(async () => {
        // "Run All" sends its cells at once, yet they arrive one by one: take in those that are on their way.
        // A cell sent after our answer is a new decision of its sender and runs.
        await new Promise(resolve => setTimeout(resolve, ON_THEIR_WAY_MS));
        stopped.push(...this.#waiting.splice(0));
      });
      for (const each of stopped) each.abort();
    }
    this.#running = false;
  }
}
