/** As many as ipykernel remembers. */
const REMEMBERED = 65_536;

/** The signatures of messages that were received, the latest ones. */
export class Received {
  readonly #signatures = new Set<string>();

  /** Whether `signature` is received for the first time; from now on it was. */
  isNew(signature: Uint8Array): boolean {
    const text = Buffer.from(signature).toString("latin1");
    if (this.#signatures.has(text)) return false;
    this.#signatures.add(text);
    const [oldest] = this.#signatures;
    if (this.#signatures.size > REMEMBERED && oldest !== undefined) this.#signatures.delete(oldest);
    return true;
  }
}
