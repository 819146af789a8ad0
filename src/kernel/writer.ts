/** The part of a ZeroMQ socket that a writer needs. */
export interface Sink {
  send(frames: Uint8Array[]): Promise<void>;
}

/**
 * The one writer of a socket. zeromq.js sends at most 512 messages in one turn of the loop; the next send is
 * asynchronous and a further one throws EBUSY, so messages stand in line here and are awaited one by one.
 */
export class Writer {
  readonly #socket: Sink;
  readonly #onFailure: (error: unknown) => void;
  #line: Uint8Array[][] = [];
  #emptied: Promise<void> | undefined;

  constructor(socket: Sink, onFailure: (error: unknown) => void) {
    this.#socket = socket;
    this.#onFailure = onFailure;
  }

  write(frames: Uint8Array[]): void {
    this.#line.push(frames);
    this.#emptied ??= this.#drain();
  }

  /** Settles when all that was written so far has been handed to ZeroMQ. */
  async flush(): Promise<void> {
    await this.#emptied;
  }

  async #drain(): Promise<void> {
    while (this.#line.length > 0) {
      const batch = this.#line;
      this.#line = [];
      for (const frames of batch) await this.#socket.send(frames).catch(this.#onFailure);
    }
    this.#emptied = undefined;
  }
}
