import { hostname, totalmem } from "node:os";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/**
 * Says the memory (bytes) of the kernel's processes, that of the process which runs cells as it was when the last cell ended,
 * and their processor time (percent of one core since the last question, in the first answer since the start).
 * `kernel_memory_peak` is the most that the process which runs cells had; ipykernel has no such field.
 */
export function usage(kernel: Kernel, request: Request): void {
  const { memory } = kernel.interpreter;
  const now = { time: performance.now(), processorMs: processorTime(kernel) };
  const since = kernel.usageAsked;
  kernel.usageAsked = now;
  // A process that ended took its count with it.
  const busy = Math.max(0, now.processorMs - since.processorMs);
  reply(kernel, request, "usage_reply", {
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: (100 * busy) / Math.max(1, now.time - since.time),
    kernel_memory: process.memoryUsage.rss() + (memory?.resident ?? 0),
    ...(memory && { kernel_memory_peak: memory.peak }),
    host_virtual_memory: { total: totalmem() },
  });
}

/** Of the front process and of the one that runs cells, in milliseconds since they began. */
function processorTime({ interpreter }: Kernel): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + (interpreter.processorMs ?? 0);
}
