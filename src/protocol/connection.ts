/** What a connection file says: where the five sockets of a kernel are bound, and the key that signs. */
export interface Connection {
  transport: string;
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: string;
}

export type Channel = "shell" | "iopub" | "stdin" | "control" | "hb";

const REQUIRED = ["transport", "ip", "shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** Reads the text of a connection file. Throws an error that names the first field that is missing or not supported. */
export function parseConnection(text: string): Connection {
  const value = JSON.parse(text) as Partial<Connection>;
  const missing = REQUIRED.find(field => value[field] === undefined);
  if (missing !== undefined) throw new Error(`The connection file has no "${missing}".`);
  const { key = "", signature_scheme = "hmac-sha256" } = value;
  if (key !== "" && signature_scheme !== "hmac-sha256")
    throw new Error(`The connection file asks for signatures by "${signature_scheme}"; this kernel knows hmac-sha256.`);
  return { ...(value as Connection), key, signature_scheme };
}

/** The address of one channel: `tcp://127.0.0.1:5555`, or `ipc://path-5555` where the transport is ipc. */
export function address(connection: Connection, channel: Channel): string {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}
