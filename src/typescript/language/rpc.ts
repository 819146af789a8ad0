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
  #unread: Buffer = Buffer.alloc(0);
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
    this.#unread = this.#unread.length > 0 ? Buffer.concat([this.#unread, piece]) : piece;
    for (;;) {
      const end = this.#unread.indexOf(HEADER_END);
      if (end < 0) return;
      const size = Number(/Content-Length: (\d+)/i.exec(this.#unread.toString("latin1", 0, end))?.[1]);
      const start = end + HEADER_END.length;
      if (this.#unread.length < start + size) return;
      const body = this.#unread.toString("utf8", start, start + size);
      this.#unread = this.#unread.subarray(start + size);
      this.#take(JSON.parse(body) as Incoming);
    }
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
