import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../protocol/index.ts";
import { freePorts } from "./free_ports.ts";
import type { KernelSpec } from "./kernelspec.ts";

/** A kernel process that this process started, and how to reach it. */
export interface Launched {
  connection: Connection;
  process: ChildProcess;
  /** Settles with what ended the process, also where it could not be started. Never rejects. */
  exited: Promise<Ended>;
}

/** How a kernel process ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  problem?: string;
  /** The last lines of its log, where they were kept. */
  log?: string;
}

export interface LaunchOptions {
  /** The folder the kernel runs in: imports of cells are resolved from here. */
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Where the kernel shall listen; by default on five free ports. */
  connection?: Connection;
  /** Where the kernel's own log goes; by default nowhere. `keep` has its end in {@link Ended}. */
  stderr?: "inherit" | "ignore" | "keep";
}

const KEPT_LOG = 2000;

/** Starts the kernel that `spec` describes on this machine. It does not outlive this process. */
export async function launch(spec: KernelSpec, options: LaunchOptions): Promise<Launched> {
  const connection = options.connection ?? (await freeConnection());
  const folder = mkdtempSync(join(tmpdir(), "latent-client-"));
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [command = "", ...args] = spec.argv.map(part => part.replace("{connection_file}", file));
  const { cwd, stderr = "ignore" } = options;
  const child = spawn(command, args, {
    cwd,
    // A kernel that watches this process leaves when it is gone.
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...spec.env, ...options.env },
    stdio: ["ignore", stderr === "keep" ? "ignore" : stderr, stderr === "keep" ? "pipe" : stderr],
    // A process group of its own: what the kernel starts can be ended with it.
    detached: true,
  });
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  const atExit = () => {
    endGroup(child, "SIGKILL");
    tidy();
  };
  process.once("exit", atExit);
  const exited = endOf(child).finally(() => {
    process.off("exit", atExit);
    tidy();
  });
  return { connection, process: child, exited };
}

function endOf(child: ChildProcess): Promise<Ended> {
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-KEPT_LOG);
  });
  const kept = () => (log.trim() === "" ? {} : { log: log.trim() });
  return new Promise(resolve => {
    child.once("error", ({ message }) => resolve({ code: null, signal: null, problem: message, ...kept() }));
    child.once("exit", (code, signal) => {
      // What it wrote last may still be in the pipe.
      setImmediate(() => resolve({ code, signal, ...kept() }));
    });
  });
}

/** One sentence that says how a kernel ended. */
export function sentenceOf({ code, signal, problem, log }: Ended): string {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const sentence = problem === undefined ? `The kernel ended ${how}` : `The kernel could not be started (${problem})`;
  return log === undefined ? `${sentence}.` : `${sentence}:\n${log}`;
}

const LEAVING_MS = 3000;

/** Ends a kernel and all that it started: it is asked to leave first. */
export async function endKernel({ process: child, exited }: Launched, leavingMs: number = LEAVING_MS): Promise<void> {
  endGroup(child, "SIGTERM");
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>(resolve => {
    timer = setTimeout(resolve, leavingMs);
  });
  await Promise.race([exited, patience]);
  clearTimeout(timer);
  // Also where the kernel itself is gone: what it started may have stayed.
  endGroup(child, "SIGKILL");
  await exited;
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: nobody is left. EPERM: on macOS, the same of a group whose members wait to be reaped.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** A connection on five free ports of this machine, with a key of its own. */
export async function freeConnection(): Promise<Connection> {
  const [shell_port = 0, iopub_port = 0, stdin_port = 0, control_port = 0, hb_port = 0] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  return { transport: "tcp", ip: "127.0.0.1", ...ports, key: randomUUID(), signature_scheme: "hmac-sha256" };
}
