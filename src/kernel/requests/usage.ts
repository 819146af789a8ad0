import { hostname, totalmem } from "node:os";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/**
 * Tells memory (bytes) of the kernel's processes, that of the process which runs cells as it was when the last cell ended,
 * and processor time (percent since the last question) of the front process. `kernel_memory_peak` is the most that the
 * process which runs cells had; ipykernel has no such field.
 */
export function usage(kernel: Kernel, request: Request): void {
  const now = { time: performance.now(), cpu: process.cpuUsage() };
  const since = kernel.usageAsked;
  kernel.usageAsked = now;
  const busy = (now.cpu.user + now.cpu.system - since.cpu.user - since.cpu.system) / 1000;
  const { memory } = kernel.interpreter;
  reply(kernel, request, "usage_reply", {
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: (100 * busy) / Math.max(1, now.time - since.time),
    kernel_memory: process.memoryUsage.rss() + (memory?.resident ?? 0),
    ...(memory && { kernel_memory_peak: memory.peak }),
    host_virtual_memory: { total: totalmem() },
  });
}
