import type * as tfjs from "@tensorflow/tfjs-node";

const NATIVE = "@tensorflow/tfjs-node";

/**
 * Lets whoever asks for `@tensorflow/tfjs-node` from now on, by `require` or `import`, get `tf`: danfojs-node and with it
 * tables work without the native library. Node keeps a loaded package under its file's path, so that is where it goes.
 */
export function standInForNative(tf: typeof tfjs, require: NodeJS.Require): void {
  const path = require.resolve(NATIVE);
  const { Module } = require("node:module") as { Module: new (id: string) => NodeJS.Module };
  require.cache[path] = Object.assign(new Module(path), { filename: path, loaded: true, exports: tf });
}
