import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** The file that the mirrors have, and one of the same length that they have not. */
export const content: Buffer = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 251));
export const other: Buffer = Buffer.from(content.map(byte => 255 - byte));

/** The downloading side as a mirror of a test knows it, so that no test waits for a clock. */
interface Client {
  /** The time without a byte is over for it. */
  loseHope(): void;
  /** Done once, when it has taken the next piece. */
  afterPiece(action: () => void): void;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse, client: Client) => void;

/** Sends the first 1,000 bytes of a file and, when they were taken, does what `after` says. */
const begins = (file: Buffer, after: (response: ServerResponse, client: Client) => void): Behaviour => {
  return (_, response, client) => {
    client.afterPiece(() => after(response, client));
    response.writeHead(200, { "content-length": file.length });
    response.write(file.subarray(0, 1000));
  };
};

/** How a mirror may behave: the last part of its address. */
export const behaviours: Record<string, Behaviour> = {
  good: (_, response) => void response.end(content),
  ranges: (request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const rest = content.subarray(from);
    const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from ? 206 : 200, { "content-length": rest.length, ...(from ? range : {}) });
    response.end(rest);
  },
  // sends its first bytes, then breaks the connection; the rest where it is asked for the rest
  breaks: (request, response, client) => {
    if (request.headers.range) return (behaviours.ranges as Behaviour)(request, response, client);
    begins(content, response => response.destroy())(request, response, client);
  },
  // sends its first bytes and then nothing
  pauses: (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1000));
  },
  // the range that it grants is not the one that was asked for
  wrongRange: (request, response) => {
    const status = request.headers.range ? 206 : 200;
    response.writeHead(status, { "content-range": `bytes 5-9/${content.length}` }).end(content.subarray(5, 10));
  },
  none: (_, response) => void response.writeHead(404).end("no such file"),
  busy: (_, response) => void response.writeHead(503).end(),
  page: (_, response) => void response.end("<html>Please sign in to this Wi-Fi</html>"),
  other: (_, response) => void response.end(other),
  half: begins(content, response => response.destroy()),
  otherHalf: begins(other, response => response.destroy()),
  // chunked, so nothing says that there is more to come
  short: (_, response) => {
    response.write(content.subarray(0, 15_000));
    response.end();
  },
  silent: (_request, _response, client) => client.loseHope(),
  mute: () => {},
  stalls: begins(content, (_, client) => client.loseHope()),
  drops: request => void request.socket.destroy(),
  longer: (_, response) => void response.end(Buffer.concat([content, content])),
  endless: (_, response) => {
    const timer = setInterval(() => response.write(content), 5);
    response.once("close", () => clearInterval(timer));
  },
};

/** What a download asks for the end of its patience; the mirrors of a test command it. */
export interface Watch {
  signal: AbortSignal;
  alive(): void;
  end(): void;
}

/** Mirrors of {@link content}, one a behaviour, on one server. */
export interface Mirrors {
  /** `<address>/<behaviour>/<name>` behaves so. */
  address: string;
  /** What was asked: the behaviour, and the first byte where a range was. */
  asked: string[];
  watch(ms: number): Watch;
}

export async function startMirrors(t: TestContext): Promise<Mirrors> {
  const asked: string[] = [];
  const { client, watch } = clientOfTest();
  const server = createServer((request, response) => {
    const name = request.url?.split("/")[1] ?? "";
    const range = /bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1];
    asked.push(range ? `${name} from ${range}` : name);
    (behaviours[name] as Behaviour)(request, response, client);
  });
  await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, watch };
}

/** A watch that the mirrors command. */
function clientOfTest(): { client: Client; watch: (ms: number) => Watch } {
  let current = new AbortController();
  let next = () => {};
  const client: Client = {
    loseHope: () => current.abort(),
    afterPiece: action => {
      next = action;
    },
  };
  const watch = () => {
    current = new AbortController();
    const alive = () => {
      const action = next;
      next = () => {};
      setImmediate(action); // it tells before it takes the piece
    };
    return { signal: current.signal, alive, end: () => {} };
  };
  return { client, watch };
}
