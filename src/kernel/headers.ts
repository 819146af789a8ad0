import type { Header } from "../protocol/index.ts";

/** A late output is rarely more than a few requests late; a thousand headers are about 300 kB. */
const REMEMBERED = { cells: 10_000, comms: 1000 };

/** A request, and the parent of what it prints and shows. */
interface Remembered {
  request: Header;
  output: Header;
}

/**
 * The headers of requests by their id: an output that comes after its request was answered still finds its parent. A
 * slider sends sixty comm messages a second: they push out one another, and never a cell.
 */
export class RequestHeaders {
  readonly #headers = { cells: new Map<string, Remembered>(), comms: new Map<string, Remembered>() };
  /** Comm messages that are not dealt with yet, however many stand in line. */
  readonly #waiting = new Map<string, Remembered>();
  /** However many requests come while it runs, its outputs find their parent. */
  #running: Header | undefined;

  rememberCell(request: Header): void {
    this.#running = request;
    this.#keep("cells", { request, output: request });
  }

  /** @param shownIn the cell that made the widget which the message is for: what a handler prints belongs there */
  rememberComm(request: Header, shownIn: Header = request): void {
    this.#waiting.set(request.msg_id, { request, output: shownIn });
  }

  /** A comm message was dealt with. */
  handled(id: string): void {
    const comm = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (comm !== undefined) this.#keep("comms", comm);
  }

  /** The request itself: the parent of comm messages. */
  get(id: string): Header | undefined {
    if (this.#running?.msg_id === id) return this.#running;
    return this.#find(id)?.request;
  }

  /** The parent of what is printed and shown because of request `id`. */
  ofOutput(id: string): Header | undefined {
    if (this.#running?.msg_id === id) return this.#running;
    return this.#find(id)?.output;
  }

  #keep(kind: keyof typeof REMEMBERED, remembered: Remembered): void {
    const headers = this.#headers[kind];
    headers.set(remembered.request.msg_id, remembered);
    const oldest = headers.keys().next();
    if (headers.size > REMEMBERED[kind] && !oldest.done) headers.delete(oldest.value);
  }

  #find(id: string): Remembered | undefined {
    return this.#headers.cells.get(id) ?? this.#waiting.get(id) ?? this.#headers.comms.get(id);
  }
}
