import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Places, SetupFailure, venvPython, writeAtomically } from "../setup/index.ts";

export interface JupyterOptions {
  readonly folder: string;
  readonly browser: boolean;
  /** Undefined: the first free one from Jupyter's usual 8888 on. */
  readonly port: number | undefined;
  /** Called once, when the server answers, with the address of the index. */
  readonly ready: (url: string) => void;
}

/** What opens: the notebook that leads to all others. */
const INDEX = "/lab/tree/index.ipynb";
const FIRST_PORT = 8888;
const PORTS_TRIED = 50;

/** Runs JupyterLab in the foreground until it is told to stop; returns its exit code. */
export async function runJupyterLab(places: Places, options: JupyterOptions): Promise<number> {
  const port = await choosePort(options.port);
  // Chosen here, so that the address can be printed in full; Jupyter hides a token that it was given. In a file, and not
  // in the environment: that is handed to every kernel and to whatever a cell starts.
  const token = process.env.JUPYTER_TOKEN || randomBytes(24).toString("hex");
  const tokenFile = join(places.root, ".latent", "jupyterlab", `token-${port}`);
  await writeAtomically(tokenFile, token, 0o600);
  const child = spawn(venvPython(places), ["-m", "jupyterlab", ...labArguments(options, port)], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, JUPYTER_TOKEN: undefined, JUPYTER_TOKEN_FILE: tokenFile, JUPYTER_PREFER_ENV_PATH: "1" },
  });
  const stopped = forwardSignals(child);
  const ended = exitCode(child);
  const isOpen = await answers(`http://127.0.0.1:${port}/api`, ended);
  // The server has read it; a server that ended never will.
  await rm(tokenFile, { force: true });
  if (isOpen) options.ready(`http://localhost:${port}${INDEX}?token=${token}`);
  const code = await ended;
  return stopped.bySignal ? 0 : code;
}

function labArguments(options: JupyterOptions, port: number): string[] {
  return [
    `--ServerApp.root_dir=${options.folder}`,
    `--LabApp.default_url=${INDEX}`,
    ...[`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"],
    // Without this Ctrl-C asks a question, and waits five seconds for the answer.
    "--ServerApp.answer_yes=True",
    // Warnings and errors. Its addresses among 25 lines of information lack the token: whoever takes one is asked for a password.
    "--Application.log_level=30",
    ...(options.browser ? [] : ["--no-browser"]),
    // A server owned by root refuses to start otherwise; in a container there is nobody else.
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    await requireFreePort(wanted);
    return wanted;
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) if (await isFree(port)) return port;
  throw new SetupFailure(
    `Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken.`,
    "Name one with --port.",
  );
}

export async function requireFreePort(port: number): Promise<void> {
  if (await isFree(port)) return;
  throw new SetupFailure(`Port ${port} is taken by another program.`, "Leave --port out, or name another.");
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Ctrl-C reaches Jupyter from the terminal as well; a signal sent to this process alone has to be passed on. */
function forwardSignals(child: ChildProcess): { bySignal: boolean } {
  const stopped = { bySignal: false };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      stopped.bySignal = true;
      child.kill("SIGTERM");
    });
  }
  return stopped;
}

async function exitCode(child: ChildProcess): Promise<number> {
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", code => resolve(code ?? 1));
  });
}

async function answers(address: string, ended: Promise<unknown>): Promise<boolean> {
  const life = { over: false };
  const die = (): void => {
    life.over = true;
  };
  ended.then(die, die);
  while (!life.over) {
    // Refused until the server listens; any answer at all means that it does.
    // Another program that took the port may accept and say nothing, hence the limit.
    const answer = await fetch(address, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer !== undefined) return true;
    await sleep(100);
  }
  return false;
}
