import type { Output } from "../interpreter/index.ts";
import { publish } from "./iopub.ts";
import { publishComm } from "./requests/comms.ts";
import type { Kernel } from "./state.ts";

/** Publishes one output of the language as the message of the protocol that carries it. */
export function publishOutput(kernel: Kernel, cellId: string, output: Output): void {
  if (output.type === "stream") {
    kernel.streams.write(cellId, output.name, output.text);
    return;
  }
  if (output.type === "written") {
    kernel.streams.writeJson(cellId, output.name, output.json);
    return;
  }
  kernel.streams.flush();
  const parent = kernel.headers.ofOutput(cellId);
  switch (output.type) {
    case "display_data":
    case "update_display_data": {
      const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
      publish(kernel, output.type, { data: output.data, metadata: output.metadata, transient }, parent);
      break;
    }
    case "execute_result": {
      const { data, metadata } = output;
      kernel.result = String(data["text/plain"] ?? "");
      publish(kernel, "execute_result", { data, metadata, execution_count: kernel.executionCount }, parent);
      break;
    }
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      publishComm(kernel, cellId, output);
      break;
    case "clear_output":
      publish(kernel, "clear_output", { wait: output.wait }, parent);
      break;
    case "error": {
      const { ename, evalue, traceback } = output.failure;
      publish(kernel, "error", { ename, evalue, traceback }, parent);
      break;
    }
  }
}
