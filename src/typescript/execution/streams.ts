import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { Buffer, Object, process, type Uint8Array } from "../intrinsics.ts";
import type { Execution } from "./state.ts";

/**
 * Replaces process.stdout and process.stderr: JavaScript's output goes with the events, in one order and with its
 * cell. File descriptors 1 and 2 stay pipes of their own, for what child processes and native code write.
 */
export function captureStreams(execution: Execution): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    const print = (chunk: string | Uint8Array) => {
      const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
      execution.events.print(execution.owner, name, text);
    };
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string | Uint8Array, _encoding, done) {
        print(chunk);
        done();
      },
    });
    // Not through the state of a Writable: a cell that is stopped inside a write would leave it waiting for ever (seen).
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      print(chunk);
      const callback = typeof encoding === "function" ? encoding : done;
      if (typeof callback === "function") process.nextTick(callback);
      return true;
    };
    Object.assign(stream, { write, fd: name === "stdout" ? 1 : 2, isTTY: false, columns: 100 });
    Object.defineProperty(process, name, { get: () => stream, configurable: true });
  }
}
