import type inspector from "node:inspector";
import type { MimeBundle } from "../../interpreter/index.ts";
import { interruption } from "../interruption.ts";
import { Map, Promise, type Uint8Array } from "../intrinsics.ts";
import type { CommRequest } from "../messages.ts";
import { cryptography } from "./crypto.ts";
import { bytesOf, plain } from "./show/plain.ts";
import type { Execution } from "./state.ts";
import { takeComingStop } from "./stop/coming.ts";
import { failureOf } from "./traceback.ts";

/** What arrives on a comm. */
export interface CommEvent {
  data: unknown;
  metadata: MimeBundle;
  buffers: readonly Uint8Array[];
}

export interface CommOptions {
  metadata?: MimeBundle;
  buffers?: readonly (ArrayBufferView | ArrayBufferLike)[];
}

/** One end of a named line to the front end. */
export interface Comm {
  readonly id: string;
  send(data: unknown, options?: CommOptions): void;
  close(data?: unknown, options?: CommOptions): void;
  onMessage: ((event: CommEvent) => unknown) | undefined;
  onClose: ((event: CommEvent) => unknown) | undefined;
}

type Target = (comm: Comm, event: CommEvent) => unknown;

/** Comms of this process: those that are open, and who takes those that the front end opens. */
export interface Comms {
  open(target: string, data?: unknown, options?: CommOptions & { id?: string }): Comm;
  registerTarget(target: string, callback: Target): void;
  receive(request: CommRequest, buffers: readonly Uint8Array[]): void;
}

export function createComms(execution: Execution, session: inspector.Session): Comms {
  const open = new Map<string, Comm>();
  const targets = new Map<string, Target>();

  const createComm = (id: string): Comm => {
    const comm: Comm = {
      id,
      send: (data, options) => send(execution, "comm_msg", id, data, options),
      close: (data = {}, options) => {
        if (open.delete(id)) send(execution, "comm_close", id, data, options);
      },
      onMessage: undefined,
      onClose: undefined,
    };
    open.set(id, comm);
    return comm;
  };

  const receive = ({ kind, commId, target = "", data, metadata }: CommRequest, buffers: readonly Uint8Array[]) => {
    const event = { data, metadata, buffers };
    if (kind === "comm_open") {
      const callback = targets.get(target);
      // Nobody takes it: the protocol wants it closed at once.
      if (callback === undefined) return send(execution, "comm_close", commId, {});
      return callback(createComm(commId), event);
    }
    const comm = open.get(commId);
    if (kind === "comm_msg") return comm?.onMessage?.(event);
    open.delete(commId);
    return comm?.onClose?.(event);
  };

  return {
    open: (target, data = {}, { id = cryptography().randomUUID(), ...options } = {}) => {
      const comm = createComm(id);
      send(execution, "comm_open", id, data, options, target);
      return comm;
    },
    registerTarget: (target, callback) => void targets.set(target, callback),
    receive: (request, buffers) => {
      if (request.shownIn !== undefined) execution.showIn(request.cell, request.shownIn);
      handle(execution, session, request, () => receive(request, buffers));
    },
  };
}

function send(
  execution: Execution,
  type: CommRequest["kind"],
  commId: string,
  data: unknown,
  { metadata = {}, buffers = [] }: CommOptions = {},
  target?: string,
): void {
  execution.events.tell(
    {
      type,
      cell: execution.owner,
      commId,
      data: plain(data) ?? {},
      metadata: plain(metadata) as MimeBundle,
      ...(target !== undefined && { target }),
    },
    buffers.map(bytesOf),
  );
}

/**
 * Runs a handler with the message as the owner of its output; what it throws is shown, and the cell goes on. A handler
 * that is stopped leaves without its `finally`: the stop ends it.
 */
function handle(execution: Execution, session: inspector.Session, { cell }: CommRequest, work: () => unknown): void {
  // The one before was stopped, and nobody has said so yet.
  execution.handling?.end(true);
  const { owner } = execution;
  execution.owner = cell;
  execution.inHost = false;
  const failed = (error: unknown) =>
    execution.events.tell({ type: "error", cell, failure: failureOf(execution, error) });
  let ended = false;
  const end = (wasStopped: boolean) => {
    if (ended) return;
    ended = true;
    execution.handling = undefined;
    const { inHost } = execution;
    execution.inHost = true;
    if (wasStopped) execution.events.tell({ type: "error", cell, failure: interruption() });
    execution.owner = owner;
    execution.events.tell({ type: "handled", cell });
    execution.inHost = inHost;
  };
  execution.handling = { end };
  try {
    const settled = work();
    if (settled instanceof Promise) settled.catch(failed);
  } catch (error) {
    failed(error);
  } finally {
    takeComingStop(execution, session);
    end(false);
  }
}
