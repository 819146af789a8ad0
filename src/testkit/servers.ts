import type { TestContext } from "node:test";
import { type Served, startServer } from "../browser/index.ts";

/** Starts a server and waits for the address that it prints on its stderr. It ends with the test. */
export async function serve(
  t: TestContext,
  command: readonly [string, ...string[]],
  address: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<Served> {
  return await startServer(command, address, env, stop => t.after(stop));
}
