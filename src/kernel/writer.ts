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
  #closed = false;

  constructor(socket: Sink, onFailure: (error: unknown) => void) {
    this.#socket = socket;
    this.#onFailure = onFailure;
  }

  /** Puts a message in line. After `close` it is dropped: a request that was still on its way gets no answer. */
  write(frames: Uint8Array[]): void {
    if (this.#closed) return;
    this.#line.push(frames);
    this.#emptied ??= this.#drain();
  }

  /** Takes nothing more; settles when all that was written has been handed to ZeroMQ. */
  async close(): Promise<void> {
    this.#closed = true;
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
