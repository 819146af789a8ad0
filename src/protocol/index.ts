/** The Jupyter protocol as types and pure functions: bytes in, message out. No sockets here. */
export { address, type Channel, type Connection, parseConnection } from "./connection.ts";
export type {
  DisplayContent,
  ErrorContent,
  ExecuteReply,
  ExecuteReplyAborted,
  ExecuteReplyError,
  ExecuteReplyOk,
  ExecuteRequest,
  ExecuteResultContent,
  IsCompleteReply,
  KernelInfoReply,
  MimeBundle,
  StatusContent,
  StreamContent,
} from "./content.ts";
export {
  createMessage,
  type Header,
  type Json,
  type Message,
  PROTOCOL_VERSION,
  type Routed,
  type Sender,
} from "./message.ts";
export { Received } from "./received.ts";
export { sign, verify } from "./signature.ts";
export { decode, encode, WireError } from "./wire.ts";
