import type { Header } from "../protocol/index.ts";

/** A late output is rarely more than a few requests late; a thousand headers are about 300 kB. */
const REMEMBERED = { cells: 10_000, comms: 1000 };

/**
 * The headers of requests by their id: an output that comes after its request was answered still finds its parent. A
 * slider sends sixty comm messages a second: they push out one another, and never a cell.
 */
export class RequestHeaders {
  readonly #headers = { cells: new Map<string, Header>(), comms: new Map<string, Header>() };
  /** However many requests come while it runs, its outputs find their parent. */
  #running: Header | undefined;

  remember(kind: keyof typeof REMEMBERED, header: Header): void {
    const headers = this.#headers[kind];
    headers.set(header.msg_id, header);
    if (kind === "cells") this.#running = header;
    const oldest = headers.keys().next();
    if (headers.size > REMEMBERED[kind] && !oldest.done) headers.delete(oldest.value);
  }

  get(id: string): Header | undefined {
    if (this.#running?.msg_id === id) return this.#running;
    return this.#headers.cells.get(id) ?? this.#headers.comms.get(id);
  }
}
