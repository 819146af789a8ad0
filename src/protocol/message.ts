/** A message of the Jupyter protocol, version 5.5, before it is framed for a socket. */

/** Version of the protocol that this code speaks. */
export const PROTOCOL_VERSION = "5.5";

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
  subshell_id?: string | null;
}

export type Json = Record<string, unknown>;

export interface Message<Content = Json> {
  header: Header;
  /** The header of the request that caused this message; empty where nothing did. */
  parent_header: Header | Record<string, never>;
  metadata: Json;
  content: Content;
  buffers: readonly Uint8Array[];
}

/** A message together with the identities (ROUTER) or topic (PUB) frames that stand before it. */
export interface Routed<Content = Json> {
  identities: readonly Uint8Array[];
  message: Message<Content>;
}

/** What the maker of a message is: `session` stays the same for the life of a process. */
export interface Sender {
  session: string;
  username: string;
  newId: () => string;
}

/** Makes a message of `sender`, in answer to `parent` where there is one. */
export function createMessage<Content>(
  sender: Sender,
  msg_type: string,
  content: Content,
  parent?: Header,
  metadata: Json = {},
  buffers: readonly Uint8Array[] = [],
): Message<Content> {
  const header: Header = {
    msg_id: sender.newId(),
    session: sender.session,
    username: sender.username,
    date: new Date().toISOString(),
    msg_type,
    version: PROTOCOL_VERSION,
  };
  return { header, parent_header: parent ?? {}, metadata, content, buffers };
}
