import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../protocol/index.ts";
import type { KernelSpec } from "./kernelspec.ts";

/** A kernel process that this process started, and how to reach it. */
export interface Launched {
  connection: Connection;
  process: ChildProcess;
  /** Settles with what ended the process. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface LaunchOptions {
  /** The folder the kernel runs in: imports of cells are resolved from here. */
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Where the kernel shall listen; by default on five free ports. */
  connection?: Connection;
  /** Where the kernel's own log goes; by default nowhere. */
  stderr?: "inherit" | "ignore";
}

/** Starts the kernel that `spec` describes on this machine. */
export async function launch(spec: KernelSpec, options: LaunchOptions): Promise<Launched> {
  const connection = options.connection ?? (await freeConnection());
  const folder = mkdtempSync(join(tmpdir(), "latent-client-"));
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [command = "", ...args] = spec.argv.map(part => part.replace("{connection_file}", file));
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...spec.env, ...options.env },
    stdio: ["ignore", options.stderr ?? "ignore", options.stderr ?? "ignore"],
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
  exited.catch(() => {}); // The caller sees a failed start when it waits for `exited` or for the first answer.
  return { connection, process: child, exited };
}

/** A connection on five free ports of this machine, with a key of its own. */
export async function freeConnection(): Promise<Connection> {
  const [shell_port = 0, iopub_port = 0, stdin_port = 0, control_port = 0, hb_port = 0] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  return { transport: "tcp", ip: "127.0.0.1", ...ports, key: randomUUID(), signature_scheme: "hmac-sha256" };
}

/** Asks the system for `count` ports at once, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
