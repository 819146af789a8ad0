import type { KernelInfoReply } from "../../protocol/index.ts";
import { PROTOCOL_VERSION } from "../../protocol/index.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";
import { VERSION } from "../version.ts";

/** Answers who we are. Needs nothing but the front process, so it is there 0.2 s after launch. */
export function kernelInfo(kernel: Kernel, request: Request): void {
  const content: KernelInfoReply = {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "latent",
    implementation_version: VERSION,
    language_info: { ...kernel.interpreter.languageInfo },
    banner: kernel.interpreter.banner,
    help_links: [],
    debugger: false,
    supported_features: [],
  };
  reply(kernel, request, "kernel_info_reply", content);
}
