import { randomUUID } from "node:crypto";
import zmq from "zeromq";
import { address, type Connection, createMessage, encode } from "../../protocol/index.ts";
import { executeContent } from "../session.ts";

/** Nothing more comes after so long a silence. */
const SILENCE_MS = 3000;
/** A flood takes a second or, in the slowest kernel, half a minute. */
const LONGEST_MS = 180_000;

export interface Received {
  /** Seconds from the sending of the cell to its last text. */
  seconds: number;
  text: string[];
  messages: number;
  /** Whether `idle` came, and behind the last text. */
  idle: "last" | "early" | "lost";
}

/** Receives a flood with as little work as it takes: no signature is checked, only the text is parsed. */
export class RawOutput {
  readonly #connection: Connection;
  readonly #shell = new zmq.Dealer({ linger: 0 });
  readonly #iopub = new zmq.Subscriber({ linger: 0, receiveHighWaterMark: 0, receiveTimeout: SILENCE_MS });

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#iopub.subscribe();
    this.#iopub.connect(address(connection, "iopub"));
    this.#shell.connect(address(connection, "shell"));
  }

  async receive(code: string, wanted: number): Promise<Received> {
    const start = performance.now();
    const id = await this.#send(code);
    const received: Received = { seconds: 0, text: [], messages: 0, idle: "lost" };
    for (let length = 0; length < wanted || received.idle === "lost"; ) {
      const frames = await this.#next();
      if (frames === undefined || performance.now() - start > LONGEST_MS) break;
      const [header, parent, , content] = partsOf(frames);
      if (!parent.includes(id)) continue;
      if (header.includes('"stream"')) {
        const { text } = JSON.parse(content.toString()) as { text: string };
        length += text.length;
        received.text.push(text);
        received.messages++;
        received.seconds = (performance.now() - start) / 1000;
        if (received.idle === "last") received.idle = "early";
      } else if (header.includes('"status"') && content.includes('"idle"')) received.idle = "last";
    }
    return received;
  }

  close(): void {
    this.#shell.close();
    this.#iopub.close();
  }

  /** Undefined after a silence. */
  async #next(): Promise<Buffer[] | undefined> {
    try {
      return await this.#iopub.receive();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
      throw error;
    }
  }

  async #send(code: string): Promise<string> {
    const sender = { session: randomUUID(), username: "bench", newId: randomUUID };
    const message = createMessage(sender, "execute_request", executeContent(code));
    await this.#shell.send(encode(this.#connection.key, { identities: [], message }));
    return message.header.msg_id;
  }
}

function partsOf(frames: Buffer[]): [Buffer, Buffer, Buffer, Buffer] {
  const at = frames.findIndex(frame => frame.equals(DELIMITER));
  return frames.slice(at + 2, at + 6) as [Buffer, Buffer, Buffer, Buffer];
}

const DELIMITER = Buffer.from("<IDS|MSG>");
