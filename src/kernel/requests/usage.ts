import { hostname, totalmem } from "node:os";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

/** Tells memory (bytes) and processor time (percent since the last question) of the kernel's front process. */
export function usage(kernel: Kernel, request: Request): void {
  const now = { time: performance.now(), cpu: process.cpuUsage() };
  const since = kernel.usageAsked;
  kernel.usageAsked = now;
  const busy = (now.cpu.user + now.cpu.system - since.cpu.user - since.cpu.system) / 1000;
  reply(kernel, request, "usage_reply", {
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: (100 * busy) / Math.max(1, now.time - since.time),
    kernel_memory: process.memoryUsage.rss(),
    host_virtual_memory: { total: totalmem() },
  });
}
