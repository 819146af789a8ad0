import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Execution } from "./state.ts";

/**
 * Replaces process.stdout and process.stderr: JavaScript's output goes with the events, in one order and with its
 * cell. File descriptors 1 and 2 stay pipes of their own, for what child processes and native code write.
 */
export function captureStreams(execution: Execution): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        execution.events.print(execution.owner, name, typeof chunk === "string" ? chunk : decoder.write(chunk));
        done();
      },
    });
    Object.assign(stream, { fd: name === "stdout" ? 1 : 2, isTTY: false, columns: 100 });
    Object.defineProperty(process, name, { get: () => stream, configurable: true });
  }
}
