/** One cell that waits: `run` when its turn comes, or `abort` when a cell before it failed. */
export interface Waiting {
  run: () => Promise<void>;
  abort: () => void;
}

const ON_THEIR_WAY_MS = 10;

/** Cells run one after another. After one that fails, those that were waiting by then are aborted. */
export class CellQueue {
  #waiting: Waiting[] = [];
  /** To be aborted once the cell that failed has been answered. */
  #stopped: Waiting[] = [];
  #running = false;

  add(cell: Waiting): void {
    this.#waiting.push(cell);
    if (!this.#running) void this.#work();
  }

  /**
   * A cell calls it when it has failed, before it answers: takes those that wait out of the line. "Run All" sends its
   * cells at once, yet they arrive one by one, so those on their way are taken too; a cell that is sent after the answer
   * is a new decision of its sender and runs.
   */
  async stopTheRest(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, ON_THEIR_WAY_MS));
    this.#stopped.push(...this.#waiting.splice(0));
  }

  async #work(): Promise<void> {
    this.#running = true;
    for (let cell = this.#waiting.shift(); cell !== undefined; cell = this.#waiting.shift()) {
      await cell.run();
      for (const each of this.#stopped.splice(0)) each.abort();
    }
    this.#running = false;
  }
}
