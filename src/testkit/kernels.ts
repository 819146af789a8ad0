import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, type KernelSpec, type Launched, launch } from "../client/index.ts";

/** Our kernel as its kernelspec starts it, but from this build. */
export function ourSpec(): KernelSpec {
  const entry = fileURLToPath(new URL("../cli/kernel.js", import.meta.url));
  const argv = [process.execPath, entry, "{connection_file}"];
  return { argv, display_name: "TypeScript (Latent)", language: "typescript", interrupt_mode: "message" };
}

/** Starts our kernel and a client of it; both end with the test. */
export async function startOurs(
  t: TestContext,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ client: Client; launched: Launched }> {
  const launched = await launch(ourSpec(), {
    cwd: options.cwd ?? emptyFolder(t),
    // A test leaves nothing in the history of the person who runs it.
    env: { LATENT_HISTORY: "off", ...options.env },
    stderr: "inherit",
  });
  const client = new Client(launched.connection);
  t.after(async () => {
    client.close();
    launched.process.kill("SIGKILL");
    await launched.exited;
  });
  await client.connect();
  return { client, launched };
}

/** A folder that is gone after the test. */
export function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
