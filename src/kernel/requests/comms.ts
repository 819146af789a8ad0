import type { CommMessage } from "../../interpreter/index.ts";
import type { Header, Json } from "../../protocol/index.ts";
import { publish } from "../iopub.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Publishes a comm message of the language, and keeps the list of what is open. */
export function publishComm(kernel: Kernel, cellId: string, message: CommMessage): void {
  note(kernel, message, kernel.headers.ofOutput(cellId));
  const { type, commId, target, data, metadata, buffers } = message;
  const content = { comm_id: commId, data, ...(type === "comm_open" && { target_name: target }) };
  publish(kernel, type, content, kernel.headers.get(cellId), metadata, buffers);
}

/** Hands a comm message of the front end to the language; `idle` follows when it was dealt with. */
export async function receiveComm(kernel: Kernel, { routed: { message } }: Request): Promise<void> {
  const { header, content, metadata, buffers } = message;
  const { comm_id, target_name, data } = content as { comm_id: string; target_name?: string; data: unknown };
  const type = header.msg_type as CommMessage["type"];
  const comm: CommMessage = { type, commId: comm_id, data, metadata, buffers };
  if (target_name !== undefined) comm.target = target_name;
  // Before it is noted: a comm_close ends it, and its handler may still print.
  const shownIn = kernel.comms.get(comm_id)?.shownIn;
  if (shownIn !== undefined) comm.shownIn = shownIn.msg_id;
  kernel.headers.rememberComm(header, shownIn);
  note(kernel, comm, undefined);
  await kernel.interpreter.comm(header.msg_id, comm);
  kernel.headers.handled(header.msg_id);
}

/** What held the other ends is gone: tells every front end, and forgets them. */
export function closeComms(kernel: Kernel, cellId: string): void {
  const open = [...kernel.comms.keys()];
  kernel.streams.flush();
  for (const commId of open)
    publishComm(kernel, cellId, { type: "comm_close", commId, data: {}, metadata: {}, buffers: [] });
}

/** Lists what is open, all or of one target. */
export function commInfo(kernel: Kernel, request: Request): void {
  const { target_name } = request.routed.message.content as { target_name?: string | null };
  const comms: Json = {};
  for (const [id, { target }] of kernel.comms)
    if (target_name == null || target_name === target) comms[id] = { target_name: target };
  reply(kernel, request, "comm_info_reply", { status: "ok", comms });
}

function note({ comms }: Kernel, { type, commId, target }: CommMessage, shownIn: Header | undefined): void {
  if (type === "comm_open") comms.set(commId, { target: target ?? "", shownIn });
  if (type === "comm_close") comms.delete(commId);
}
