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
  WireError,
} from "../protocol/index.ts";
import { deferred, SILENCE_MS, soonAfter, unlessSilent } from "./patience.ts";
import { Requests } from "./requests.ts";

type AskChannel = "shell" | "control";

export interface Executed {
  reply: ExecuteReply;
  /** All that the cell published, in order, less `busy` and `idle`. */
  outputs: Message[];
}

export interface ClientOptions {
  /** How soon ZeroMQ tries again where nobody listens yet; its own default is 100 ms. */
  reconnectMs?: number | undefined;
  /** How long a kernel may be silent between the reply of a cell and its `idle`; by default 10 s. */
  silenceMs?: number | undefined;
}

/** A heartbeat every so often shows that the kernel lives. */
const PULSE_MS = 5000;

/**
 * Speaks to one kernel: asks on shell and control, hears what it publishes, answers its prompts. A promise of it that
 * nobody waits for never ends the process.
 */
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
  readonly #requests = new Requests();
  readonly #silenceMs: number;
  readonly #lines = { shell: Promise.resolve(), control: Promise.resolve(), stdin: Promise.resolve() };
  #heard: () => void = () => {};
  #open = false;
  #closed = false;
  #complained = false;
  /** Hears every published message, also those that no request of ours caused. */
  onPublished: ((message: Message) => void) | undefined;
  /** Answers an `input_request`; without it a prompt gets an empty line. */
  onInput: ((prompt: string, password: boolean) => string | Promise<string>) | undefined;

  constructor(connection: Connection, { reconnectMs, silenceMs = SILENCE_MS }: ClientOptions = {}) {
    this.connection = connection;
    this.#silenceMs = silenceMs;
    if (reconnectMs === undefined) return;
    for (const socket of Object.values(this.#sockets)) socket.reconnectInterval = reconnectMs;
  }

  /** How many requests are remembered: those without a reply, and some that may still hear outputs. */
  get remembered(): number {
    return this.#requests.size;
  }

  /** Connects and waits until the kernel answers and its publications arrive. Rejects after `timeoutMs`. */
  async connect(timeoutMs = 30_000): Promise<Message> {
    const heard = deferred<void>();
    this.#heard = heard.resolve;
    this.open();
    const nudge = () => {
      const reply = this.#nudge();
      reply.catch(heard.reject);
      return reply;
    };
    let what = "the kernel did not answer";
    const reply = nudge().then(message => {
      what = "the kernel published nothing";
      return message;
    });
    // A kernel older than protocol 5.5 sends no welcome, so go on asking until a status is heard.
    const nudging = setInterval(nudge, 250);
    const both = unlessSilent(Promise.all([reply, heard.promise]), timeoutMs, () => what);
    const [answer] = await both.finally(() => clearInterval(nudging));
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
    void this.#hear(shell, message => this.#requests.replied(message));
    void this.#hear(control, message => this.#requests.replied(message));
    void this.#hear(stdin, message => {
      this.#prompted(message).catch(error => this.#brokeOff(error));
    });
  }

  /** Sends a request; resolves with its reply. */
  ask(msg_type: string, content: unknown, channel: AskChannel = "shell"): Promise<Message> {
    return this.send(msg_type, content, channel).reply;
  }

  /** As `ask`, and returns the id at once. */
  send(
    msg_type: string,
    content: unknown,
    channel: AskChannel = "shell",
    onIopub?: (message: Message) => void,
    onLost?: (why: Error) => void,
  ): { id: string; reply: Promise<Message> } {
    const message = createMessage(this.sender, msg_type, content);
    const id = message.header.msg_id;
    const reply = this.#requests.add(id, onIopub, onLost);
    this.#write(channel, encode(this.connection.key, { identities: [], message }));
    return { id, reply };
  }

  /**
   * Runs `code`; resolves once its reply and its `idle` are both there. Rejects where only one of them comes, and where
   * the kernel is gone.
   */
  execute(
    code: string,
    options: Partial<ExecuteRequest> = {},
    onOutput?: (message: Message) => void,
  ): Promise<Executed> {
    const executed = this.#execute({ ...EXECUTE, code, ...options }, onOutput);
    executed.catch(() => {}); // whoever waits hears it
    return executed;
  }

  async #execute(content: ExecuteRequest, onOutput?: (message: Message) => void): Promise<Executed> {
    const outputs: Message[] = [];
    const idle = deferred<void>();
    let heardAt = performance.now();
    const hear = () => {
      heardAt = performance.now();
    };
    const published = (message: Message) => {
      hear();
      if (message.header.msg_type !== "status") {
        outputs.push(message);
        onOutput?.(message);
      } else if (message.content.execution_state === "idle") idle.resolve();
    };
    const { reply } = this.send("execute_request", content, "shell", published, idle.reject);
    for (const end of [idle.promise, reply]) end.then(hear, hear);
    const patience = { ms: this.#silenceMs, heardAt: () => heardAt };
    const [{ content: answer }] = await Promise.all([
      soonAfter(idle.promise, reply, "the kernel had sent no reply to a cell that ended", patience),
      soonAfter(reply, idle.promise, "the kernel had not become idle behind its reply", patience),
    ]);
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

  /** Fails all that waits for this kernel, and whatever is asked of it later. */
  fail(why: Error): void {
    this.#requests.fail(why);
  }

  /** Fails with `After … s the kernel gave no heartbeat.` once that is so: it hangs, or was stopped. */
  async watchHeartbeat(silenceMs: number, everyMs: number = PULSE_MS): Promise<void> {
    try {
      while (!this.#closed) {
        await unlessSilent(this.heartbeat(), silenceMs, "the kernel gave no heartbeat");
        await new Promise(resolve => setTimeout(resolve, everyMs).unref());
      }
    } catch (error) {
      this.#brokeOff(error);
    }
  }

  /** Ends the connection. What waits then waits for ever: whoever closes a client expects nothing more. */
  close(): void {
    this.#closed = true;
    this.#requests.clear();
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  #write(channel: "shell" | "control" | "stdin", frames: Uint8Array[]): void {
    const socket = this.#sockets[channel];
    this.#lines[channel] = this.#lines[channel]
      .then(() => (socket.closed ? undefined : socket.send(frames)))
      .catch(error => this.#brokeOff(error));
  }

  async #hear(socket: AsyncIterable<Uint8Array[]>, take: (message: Message) => void): Promise<void> {
    try {
      for await (const frames of socket) this.#read(frames, take);
    } catch (error) {
      this.#brokeOff(error);
    }
  }

  /** What is no message is reported once and left out, as the kernel does with ours. */
  #read(frames: Uint8Array[], take: (message: Message) => void): void {
    try {
      take(decode(this.connection.key, frames).message);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (!this.#complained) console.error(`Ignored what the kernel sent: ${error.message}.`);
      this.#complained = true;
    }
  }

  /** A socket fails when it is closed, which is no news; any other failure is one of all that waits. */
  #brokeOff(error: unknown): void {
    if (!this.#closed) this.fail(error as Error);
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
    this.#requests.published(message);
  }

  async #prompted({ header, content }: Message): Promise<void> {
    const { prompt = "", password = false } = content as Json & { prompt?: string; password?: boolean };
    const value = (await this.onInput?.(prompt, password)) ?? "";
    const message = createMessage(this.sender, "input_reply", { status: "ok", value }, header);
    this.#write("stdin", encode(this.connection.key, { identities: [], message }));
  }
}

const EXECUTE: ExecuteRequest = {
  code: "",
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};
