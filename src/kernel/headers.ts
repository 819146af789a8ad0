import type { Header } from "../protocol/index.ts";

/** A late output is rarely more than a few cells late; ten thousand headers are about 3 MB. */
const REMEMBERED = 10_000;

/** The headers of requests by their id: an output that comes after its cell has ended still finds its parent. */
export class RequestHeaders {
  readonly #headers = new Map<string, Header>();

  remember(header: Header): void {
    this.#headers.set(header.msg_id, header);
    const oldest = this.#headers.keys().next();
    if (this.#headers.size > REMEMBERED && !oldest.done) this.#headers.delete(oldest.value);
  }

  get(id: string): Header | undefined {
    return this.#headers.get(id);
  }
}
