import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A server that runs. */
export interface Served {
  child: ChildProcess;
  /** What the server printed that fits. */
  address: string;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for the address that it prints on its stderr.
 *
 * @param stoppable is given the way to end it as soon as it runs, before it has an address
 * @throws Error with what it said, where it ends without an address
 */
export async function startServer(
  [command, ...args]: readonly [string, ...string[]],
  address: RegExp,
  env: NodeJS.ProcessEnv = {},
  stoppable: (stop: () => Promise<void>) => void = () => {},
): Promise<Served> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  stoppable(stop);
  let said = "";
  for await (const chunk of child.stderr) {
    said += String(chunk);
    const [found] = said.match(address) ?? [];
    if (found === undefined) continue;
    child.stderr.resume();
    return { child, address: found, stop };
  }
  throw new Error(`It ended without an address:\n${said}`);
}
