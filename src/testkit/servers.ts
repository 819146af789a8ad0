import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";

export interface Served {
  child: ChildProcess;
  /** What the server printed that fits. */
  address: string;
}

/** Starts a server and waits for the address that it prints on its stderr. It ends with the test. */
export async function serve(
  t: TestContext,
  [command, ...args]: readonly [string, ...string[]],
  address: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<Served> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  let said = "";
  for await (const chunk of child.stderr) {
    said += String(chunk);
    const [found] = said.match(address) ?? [];
    if (found === undefined) continue;
    child.stderr.resume();
    return { child, address: found };
  }
  throw new Error(`It ended without an address:\n${said}`);
}
