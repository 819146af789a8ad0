import type { Client } from "../../client/index.ts";

/**
 * The most memory that the process which runs cells had, in bytes, up to the end of the last cell. Our kernel says it, from
 * what the operating system has counted; another kernel might not answer the question at all.
 */
export async function peakMemory(client: Client): Promise<number | undefined> {
  const info = await client.ask("kernel_info_request", {});
  if (info.content.implementation !== "latent") return undefined;
  const { content } = await client.ask("usage_request", {}, "control");
  return content.kernel_memory_peak as number | undefined;
}
