import type { Readable, Writable } from "node:stream";

interface Incoming {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** What the other side asks of us: the answer by method, given the parameters. */
export type Answers = Record<string, (params: unknown) => unknown>;

const HEADER_END = "\r\n\r\n";

/** JSON-RPC over two streams, framed as the language server protocol does: a header with the length, then JSON. */
export class Rpc {
  readonly #output: Writable;
  readonly #answers: Answers;
  readonly #waiting = new Map<number, Waiting>();
  /** Of a message that is not whole yet, and how long it will be. Joined once: an answer may be megabytes in pieces. */
  #pieces: Buffer[] = [];
  #length = 0;
  #wanted = 0;
  #lastId = 0;
  #closed: Error | undefined;

  constructor(input: Readable, output: Writable, answers: Answers) {
    this.#output = output;
    this.#answers = answers;
    input.on("data", (piece: Buffer) => this.#read(piece));
    // A write to a process that has just died fails; its exit closes us with the reason.
    output.on("error", () => {});
  }

  request<T>(method: string, params: unknown): Promise<T> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = ++this.#lastId;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: result => resolve(result as T), reject });
    });
  }

  notify(method: string, params: unknown): void {
    if (!this.#closed) this.#send({ method, params });
  }

  /** Rejects what was asked and not answered, and all that is asked from now on. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#closed);
    this.#waiting.clear();
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#output.write(`Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`);
  }

  #read(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length < this.#wanted) return;
    let unread = Buffer.concat(this.#pieces);
    let wanted = wholeLength(unread);
    for (; wanted !== undefined && unread.length >= wanted; wanted = wholeLength(unread)) {
      const start = unread.indexOf(HEADER_END) + HEADER_END.length;
      this.#take(JSON.parse(unread.toString("utf8", start, wanted)) as Incoming);
      unread = unread.subarray(wanted);
    }
    this.#pieces = [unread];
    this.#length = unread.length;
    this.#wanted = wanted ?? 0;
  }

  #take({ id, method, params, result, error }: Incoming): void {
    if (method !== undefined) {
      // Notifications are the server's log, and it writes a lot of it.
      if (id !== undefined) this.#send({ id, result: this.#answers[method]?.(params) ?? null });
      return;
    }
    const waiting = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (error) waiting?.reject(new Error(`TypeScript's server: ${error.message}`));
    else waiting?.resolve(result);
  }
}

/** The length of a message with its header; unknown while the header is not there. */
function wholeLength(unread: Buffer): number | undefined {
  const end = unread.indexOf(HEADER_END);
  if (end < 0) return undefined;
  return end + HEADER_END.length + Number(/Content-Length: (\d+)/i.exec(unread.toString("latin1", 0, end))?.[1]);
}
