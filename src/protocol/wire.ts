import type { Json, Message, Routed } from "./message.ts";
import type { Received } from "./received.ts";
import { sign, verify } from "./signature.ts";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** Frames that are not a message of ours. The message says which rule they break; nothing of them was used. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** Frames of one message: identities or topic, delimiter, signature, four JSON frames, buffers. */
export function encode(key: string, { identities, message }: Routed<unknown>): Uint8Array[] {
  const { header, parent_header, metadata, content, buffers } = message;
  const frames = [header, parent_header, metadata, content].map(toJson);
  return [...identities, DELIMITER, Buffer.from(sign(key, frames)), ...frames, ...buffers];
}

/** A content that is bytes was written as JSON before. */
function toJson(part: unknown): Uint8Array {
  return part instanceof Uint8Array ? part : Buffer.from(JSON.stringify(part));
}

/**
 * Reads one message. Throws `WireError` where a frame is missing, the signature is wrong or the JSON is broken, and
 * where `received` knows the signature: somebody sent the frames of an earlier message again.
 */
export function decode(key: string, frames: readonly Uint8Array[], received?: Received): Routed {
  const at = frames.findIndex(frame => DELIMITER.equals(frame));
  if (at < 0) throw new WireError("no <IDS|MSG> delimiter");
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2, at + 6);
  if (signature === undefined || parts.length < 4) throw new WireError("fewer than four frames after the signature");
  if (!verify(key, parts, signature)) throw new WireError("the signature does not match the key");
  if (key !== "" && received?.isNew(signature) === false) throw new WireError("the same signed message came before");
  const [header, parent_header, metadata, content] = parts.map(parseObject) as [Json, Json, Json, Json];
  if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string")
    throw new WireError("the header lacks msg_type or msg_id");
  const message = { header, parent_header, metadata, content, buffers: frames.slice(at + 6) } as unknown as Message;
  return { identities: frames.slice(0, at), message };
}

function parseObject(frame: Uint8Array): Json {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame).toString("utf8"));
  } catch (cause) {
    throw new WireError("a frame is not JSON", { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new WireError("a frame is not a JSON object");
  return value as Json;
}
