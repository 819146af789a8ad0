import { createRequire } from "node:module";
import type zeromq from "zeromq";
import { address, type Connection } from "../protocol/index.ts";
import { Writer } from "./writer.ts";

// Node scans a CommonJS package that is imported for its names: 8 ms and 5 MB on the way to the first answer.
const zmq = createRequire(import.meta.url)("zeromq") as typeof zeromq;

/** The five sockets of a kernel, bound, with the one writer of each that many write to. */
export interface Sockets {
  shell: zeromq.Router;
  control: zeromq.Router;
  stdin: zeromq.Router;
  iopub: zeromq.XPublisher;
  hb: zeromq.Reply;
  writers: { shell: Writer; control: Writer; iopub: Writer };
}

/** Binds the sockets that `connection` names. Rejects where a port is taken. */
export async function bindSockets(connection: Connection, onFailure: (error: unknown) => void): Promise<Sockets> {
  const router = () => new zmq.Router({ linger: 1000, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  const shell = router();
  const control = router();
  const stdin = router();
  // What cannot be delivered fails instead of being dropped.
  stdin.mandatory = true;
  // No mark and no timeout: every send is taken at once and none is dropped.
  const iopub = new zmq.XPublisher({ linger: 1000, sendHighWaterMark: 0, sendTimeout: 0, verbosity: "allSubs" });
  const hb = new zmq.Reply({ linger: 0 });
  const sockets = { shell, control, stdin, iopub, hb };
  await Promise.all(
    (["shell", "control", "stdin", "iopub", "hb"] as const).map(name => sockets[name].bind(address(connection, name))),
  );
  const writer = (socket: { send(frames: Uint8Array[]): Promise<void> }) => new Writer(socket, onFailure);
  return {
    ...sockets,
    writers: { shell: writer(shell), control: writer(control), iopub: writer(iopub) },
  };
}

/** Hands all that is written to the network, then closes: what a client was promised reaches it. */
export async function closeSockets(sockets: Sockets): Promise<void> {
  await Promise.all(Object.values(sockets.writers).map(writer => writer.close()));
  for (const name of ["shell", "control", "stdin", "iopub", "hb"] as const) sockets[name].close();
}
