import { createRequire } from "node:module";
import type * as tfjs from "@tensorflow/tfjs-node";
import type { Engine } from "./engine.ts";
import { addMissingKernels } from "./missing-kernels.ts";
import { sayRoute } from "./notice.ts";
import { standInForNative } from "./stand-in.ts";

const require = createRequire(import.meta.url);

/**
 * TensorFlow.js on WebAssembly. It starts in the background, because a library that stock tslab can `require` has no
 * top-level await; plain JavaScript computes until then, and its tensors move over by themselves.
 *
 * @param why the rest of a sentence: why it is not the native library
 */
export function loadWasm(why: string): Engine {
  const tf = require("@tensorflow/tfjs") as typeof tfjs;
  require("@tensorflow/tfjs-backend-wasm"); // registers itself
  const engine = withoutNative(tf);
  addMissingKernels(tf);
  silenceAdvice(tf);
  standInForNative(engine, require);
  return { tf: engine, route: "wasm", ready: start(tf, why) };
}

async function start(tf: typeof tfjs, why: string): Promise<void> {
  tf.setBackend("cpu");
  sayRoute("WebAssembly", why);
  const before = FATAL_EVENTS.map(event => process.listeners(event as "exit"));
  try {
    // setBackend("wasm") alone would be in force before it can compute
    const backend = await (tf.findBackendFactory("wasm") as () => Promise<tfjs.KernelBackend>)();
    tf.removeBackend("wasm");
    tf.registerBackend("wasm", () => backend);
    tf.setBackend("wasm");
  } catch (error) {
    sayRoute("plain JavaScript", `WebAssembly failed (${(error as Error).message})`);
  }
  FATAL_EVENTS.forEach((event, i) => {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[i]?.includes(listener) && BY_EMSCRIPTEN.test(String(listener))) process.off(event, listener);
    }
  });
}

/** Emscripten's start-up code listens to these and throws what it hears: any rejected promise would end the kernel. */
const FATAL_EVENTS = ["uncaughtException", "unhandledRejection"];
const BY_EMSCRIPTEN = /ExitStatus|throw reason/;

/** TensorFlow.js with tfjs-node's own additions: its files, and in place of `tf.node` an error that says what to do. */
function withoutNative(tf: typeof tfjs): typeof tfjs {
  const { nodeFileSystemRouter } = require("@tensorflow/tfjs-node/dist/io/file_system.js");
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  const { fileSystem } = require("@tensorflow/tfjs-node/dist/io/index.js");
  const own = { ...tf, io: { ...tf.io, fileSystem } };
  return Object.defineProperty(own, "node", {
    get(): never {
      throw new Error("tf.node is part of the native engine, which is missing here: `npm start -- doctor` says why.");
    },
  });
}

/** The CPU backend prints a box of advice to install tfjs-node at its first operation. */
function silenceAdvice(tf: typeof tfjs): void {
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
}
