/** The bytes of a download so far. They outlive a mirror that fails, so that the next one sends only the rest. */
export class Body {
  #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#length);
  }
}
