/** Contents of the messages that this project sends or reads, field for field as the protocol writes them. */

export type MimeBundle = Record<string, unknown>;

export interface KernelInfoReply {
  status: "ok";
  protocol_version: string;
  implementation: string;
  implementation_version: string;
  language_info: Record<string, unknown>;
  banner: string;
  help_links: { text: string; url: string }[];
  debugger: boolean;
  supported_features: string[];
}

export interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  user_expressions: Record<string, string>;
  allow_stdin: boolean;
  stop_on_error: boolean;
}

export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface ExecuteReplyOk {
  status: "ok";
  execution_count: number;
  payload: unknown[];
  user_expressions: Record<string, unknown>;
}

export interface ExecuteReplyError extends ErrorContent {
  status: "error";
  execution_count: number;
}

export interface ExecuteReplyAborted {
  status: "aborted";
  execution_count: number;
}

export type ExecuteReply = ExecuteReplyOk | ExecuteReplyError | ExecuteReplyAborted;

export interface StreamContent {
  name: "stdout" | "stderr";
  text: string;
}

export interface DisplayContent {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  transient?: { display_id?: string };
}

export interface ExecuteResultContent extends DisplayContent {
  execution_count: number;
}

export interface StatusContent {
  execution_state: "starting" | "busy" | "idle";
}

export interface IsCompleteReply {
  status: "complete" | "incomplete" | "invalid" | "unknown";
  indent?: string;
}
