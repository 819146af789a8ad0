import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, endKernel, freeConnection, type Launched, launch, sentenceOf } from "../client/index.ts";
import type { Message } from "../protocol/index.ts";
import type { Peer } from "./peers/peer.ts";
import { type Process, processTree } from "./processes.ts";
import { pause, within } from "./within.ts";

/** ZeroMQ tries again after this long where nobody listens yet, so that a start is not measured in its usual 100 ms. */
const RECONNECT_MS = 2;
/** tslab takes 2 s to start on an idle machine, and ten times that on a busy one. */
const PATIENCE = { startMs: 120_000, cellMs: 30_000 };

/** How a cell went. Times are milliseconds since it was sent. */
export interface Ran {
  status: string;
  reply: number;
  idle: number;
}

/** One kernel that runs, and a client of it. */
export class Session {
  readonly peer: Peer;
  readonly client: Client;
  /** `performance.now()` when the process was started. */
  readonly launchedAt: number;
  readonly #launched: Launched;
  readonly #folder: string;

  private constructor(peer: Peer, client: Client, launched: Launched, at: { launchedAt: number; folder: string }) {
    this.peer = peer;
    this.client = client;
    this.launchedAt = at.launchedAt;
    this.#launched = launched;
    this.#folder = at.folder;
    // A bench that is interrupted leaves no folder behind; `launch` sees to the processes.
    process.once("exit", this.#tidy);
    // What waits for a kernel that is gone fails at once.
    void launched.exited.then(ended => client.fail(new Error(sentenceOf(ended))));
  }

  readonly #tidy = (): void => rmSync(this.#folder, { recursive: true, force: true });

  /** Starts the kernel; the client is connected before, so that the first answer is seen when it comes. */
  static async launch(peer: Peer): Promise<Session> {
    const folder = mkdtempSync(join(tmpdir(), "latent-bench-"));
    const connection = await freeConnection();
    const client = new Client(connection, { reconnectMs: RECONNECT_MS });
    client.open();
    const launchedAt = performance.now();
    const launched = await launch(peer.spec(folder), { cwd: folder, connection });
    return new Session(peer, client, launched, { launchedAt, folder });
  }

  /** Starts the kernel and waits until it has run a cell. */
  static async ready(peer: Peer): Promise<Session> {
    const session = await Session.launch(peer);
    try {
      await session.client.connect((peer.patience ?? PATIENCE).startMs);
      if ((await session.run(peer.cells.one)) === undefined) throw new Error("it did not run its first cell");
      return session;
    } catch (error) {
      await session.stop();
      throw error;
    }
  }

  get pid(): number {
    return this.#launched.process.pid ?? 0;
  }

  processes(): Process[] {
    return processTree(this.pid);
  }

  /** Runs a cell to its reply and its idle; undefined where one of them does not come in time. */
  run(code: string, limit: number = (this.peer.patience ?? PATIENCE).cellMs): Promise<Ran | undefined> {
    return within(this.begin(code).ended, limit);
  }

  /** Sends a cell. `stop_on_error` is off: a cell behind one that fails is measured as well. */
  begin(code: string): { id: string; ended: Promise<Ran> } {
    const start = performance.now();
    let setIdle: (ms: number) => void = () => {};
    const idle = new Promise<number>(resolve => {
      setIdle = resolve;
    });
    const { id, reply } = this.client.send("execute_request", executeContent(code), "shell", message => {
      if (isIdle(message)) setIdle(performance.now() - start);
    });
    const replied = reply.then(({ content }) => ({ status: String(content.status), reply: performance.now() - start }));
    const ended = Promise.all([replied, idle]).then(([answer, idleAt]) => ({ ...answer, idle: idleAt }));
    ended.catch(() => {}); // whoever waits hears it
    return { id, ended };
  }

  /** Milliseconds that a request takes to its reply; undefined where none comes in time. */
  async ask(type: string, content: object, channel: "shell" | "control", limit: number): Promise<number | undefined> {
    const start = performance.now();
    const reply = await within(this.client.ask(type, content, channel), limit);
    return reply && performance.now() - start;
  }

  complete(code: string, limit: number): Promise<number | undefined> {
    return this.ask("complete_request", { code, cursor_pos: code.length }, "shell", limit);
  }

  /** Ends every process of the kernel, and waits for that. */
  async stop(): Promise<void> {
    const pids = this.processes().map(({ pid }) => pid);
    this.client.close();
    for (const pid of pids) kill(pid);
    await endKernel(this.#launched, 0);
    await pause(100);
    process.off("exit", this.#tidy);
    this.#tidy();
  }
}

export function executeContent(code: string): object {
  return { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: false };
}

function isIdle({ header, content }: Message): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // Gone by itself: the end of its parent was its end.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
