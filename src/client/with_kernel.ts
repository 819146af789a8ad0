import { Client, type ClientOptions } from "./client.ts";
import type { KernelSpec } from "./kernelspec.ts";
import { endKernel, type Launched, type LaunchOptions, launch, sentenceOf } from "./launch.ts";

export interface WithKernelOptions extends LaunchOptions, ClientOptions {
  /** How long the kernel may take to its first answer; by default 30 s. */
  connectMs?: number;
  /** How long it may give no heartbeat; by default 60 s. */
  heartbeatMs?: number;
}

/**
 * Starts a kernel, hands it to `action` once it answers, and ends it with all that it started, whatever happens.
 *
 * @throws Error in one sentence where the kernel does not start, does not answer, falls silent or ends
 */
export async function withKernel<T>(
  spec: KernelSpec,
  options: WithKernelOptions,
  action: (client: Client, launched: Launched) => Promise<T>,
): Promise<T> {
  const launched = await launch(spec, options);
  const client = new Client(launched.connection, options);
  try {
    const died = launched.exited.then(ended => {
      throw new Error(sentenceOf(ended));
    });
    // What the action waits for fails as well, so that it is not left behind.
    died.catch((why: Error) => client.fail(why));
    const done = client.connect(options.connectMs).then(() => {
      void client.watchHeartbeat(options.heartbeatMs ?? 60_000);
      return action(client, launched);
    });
    return await Promise.race([done, died]);
  } finally {
    client.close();
    await endKernel(launched);
  }
}
