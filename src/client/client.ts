import { randomUUID } from "node:crypto";
import zmq from "zeromq";
import {
  address,
  type Connection,
  createMessage,
  decode,
  type ExecuteReply,
  type ExecuteRequest,
  encode,
  type Json,
  type Message,
  type Sender,
} from "../protocol/index.ts";

type Asked = { resolve: (message: Message) => void; onIopub?: (message: Message) => void; reply?: Message };
type AskChannel = "shell" | "control";

export interface Executed {
  reply: ExecuteReply;
  /** All that the cell published, in order, less `busy` and `idle`. */
  outputs: Message[];
}

/** Speaks to one kernel: asks on shell and control, hears what it publishes, answers its prompts. */
export class Client {
  readonly connection: Connection;
  readonly sender: Sender = { session: randomUUID(), username: "latent", newId: randomUUID };
  readonly #sockets = {
    // A kernel sends its questions to the identity that asked on shell.
    shell: new zmq.Dealer({ linger: 0, routingId: this.sender.session }),
    control: new zmq.Dealer({ linger: 0 }),
    stdin: new zmq.Dealer({ linger: 0, routingId: this.sender.session }),
    iopub: new zmq.Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
    hb: new zmq.Request({ linger: 0 }),
  };
  readonly #asked = new Map<string, Asked>();
  readonly #lines = { shell: Promise.resolve(), control: Promise.resolve(), stdin: Promise.resolve() };
  #heard: () => void = () => {};
  #open = false;
  /** Hears every published message, also those that no request of ours caused. */
  onPublished: ((message: Message) => void) | undefined;
  /** Answers an `input_request`; without it a prompt gets an empty line. */
  onInput: ((prompt: string, password: boolean) => string | Promise<string>) | undefined;

  /** `reconnectMs`: how soon ZeroMQ tries again where nobody listens yet; its own default is 100 ms. */
  constructor(connection: Connection, { reconnectMs }: { reconnectMs?: number } = {}) {
    this.connection = connection;
    if (reconnectMs === undefined) return;
    for (const socket of Object.values(this.#sockets)) socket.reconnectInterval = reconnectMs;
  }

  /** Connects and waits until the kernel answers and its publications arrive. Rejects after `timeoutMs`. */
  async connect(timeoutMs = 30_000): Promise<Message> {
    const heard = new Promise<void>(resolve => {
      this.#heard = resolve;
    });
    this.open();
    const answer = withTimeout(this.#nudge(), timeoutMs, "the kernel did not answer");
    // A kernel older than protocol 5.5 sends no welcome, so go on asking until a status is heard.
    const nudging = setInterval(() => void this.#nudge(), 250);
    await withTimeout(heard, timeoutMs, "the kernel published nothing").finally(() => clearInterval(nudging));
    return answer;
  }

  /** Connects and waits for nothing: also before the kernel is started; what is asked then waits in the socket. */
  open(): void {
    if (this.#open) return;
    this.#open = true;
    const { shell, control, stdin, iopub, hb } = this.#sockets;
    iopub.subscribe();
    shell.connect(address(this.connection, "shell"));
    control.connect(address(this.connection, "control"));
    stdin.connect(address(this.connection, "stdin"));
    iopub.connect(address(this.connection, "iopub"));
    hb.connect(address(this.connection, "hb"));
    void this.#hear(iopub, message => this.#published(message));
    void this.#hear(shell, message => this.#replied(message));
    void this.#hear(control, message => this.#replied(message));
    void this.#hear(stdin, message => void this.#prompted(message));
  }

  /** Sends a request; resolves with its reply. */
  ask(msg_type: string, content: unknown, channel: AskChannel = "shell"): Promise<Message> {
    return this.send(msg_type, content, channel).reply;
  }

  /** As `ask`, and tells the id at once. */
  send(
    msg_type: string,
    content: unknown,
    channel: AskChannel = "shell",
    onIopub?: (message: Message) => void,
  ): { id: string; reply: Promise<Message> } {
    const message = createMessage(this.sender, msg_type, content);
    const id = message.header.msg_id;
    const reply = new Promise<Message>(resolve => {
      this.#asked.set(id, { resolve, ...(onIopub && { onIopub }) });
    });
    this.#write(channel, encode(this.connection.key, { identities: [], message }));
    return { id, reply };
  }

  /** Runs `code`; resolves once its reply and its `idle` are both there. */
  async execute(
    code: string,
    options: Partial<ExecuteRequest> = {},
    onOutput?: (message: Message) => void,
  ): Promise<Executed> {
    const outputs: Message[] = [];
    let idle: () => void = () => {};
    const isIdle = new Promise<void>(resolve => {
      idle = resolve;
    });
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    };
    const { reply } = this.send("execute_request", content, "shell", message => {
      if (message.header.msg_type === "status") {
        if (message.content.execution_state === "idle") idle();
        return;
      }
      outputs.push(message);
      onOutput?.(message);
    });
    const [{ content: answer }] = await Promise.all([reply, isIdle]);
    return { reply: answer as unknown as ExecuteReply, outputs };
  }

  /** Milliseconds that the heartbeat takes to come back. */
  async heartbeat(): Promise<number> {
    const start = performance.now();
    await this.#sockets.hb.send("ping");
    await this.#sockets.hb.receive();
    return performance.now() - start;
  }

  /** Sends frames as they are: what a broken or hostile client would send. */
  sendRaw(channel: AskChannel, frames: Uint8Array[]): void {
    this.#write(channel, frames);
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  #write(channel: "shell" | "control" | "stdin", frames: Uint8Array[]): void {
    const socket = this.#sockets[channel];
    this.#lines[channel] = this.#lines[channel].then(() => (socket.closed ? undefined : socket.send(frames)));
  }

  async #hear(socket: AsyncIterable<Uint8Array[]>, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket) take(decode(this.connection.key, frames).message);
  }

  #nudge(): Promise<Message> {
    return this.ask("kernel_info_request", {});
  }

  #published(message: Message): void {
    const { header, parent_header, content } = message;
    if (header.msg_type === "iopub_welcome") void this.#nudge();
    // The idle of a request of ours: all that was published before it, and all after it, is heard.
    if (content.execution_state === "idle" && parent_header.session === this.sender.session) this.#heard();
    this.onPublished?.(message);
    this.#asked.get((message.parent_header as { msg_id?: string }).msg_id ?? "")?.onIopub?.(message);
  }

  #replied(message: Message): void {
    this.#asked.get((message.parent_header as { msg_id?: string }).msg_id ?? "")?.resolve(message);
  }

  async #prompted({ header, content }: Message): Promise<void> {
    const { prompt = "", password = false } = content as Json & { prompt?: string; password?: boolean };
    const value = (await this.onInput?.(prompt, password)) ?? "";
    const message = createMessage(this.sender, "input_reply", { status: "ok", value }, header);
    this.#write("stdin", encode(this.connection.key, { identities: [], message }));
  }
}

function withTimeout<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`After ${ms / 1000} s ${what}.`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
