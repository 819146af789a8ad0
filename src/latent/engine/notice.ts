import { show } from "../display/show.ts";

/** Says, in the cell that loads the library, that this is not the native engine. */
export function sayRoute(what: string, why: string): void {
  const words =
    `TensorFlow.js computes in ${what} here, because ${why}: the same results up to rounding, but slower, ` +
    "most of all convolutions. `npm start -- doctor` in the folder of Latent says how to get the native engine.";
  show({ "text/plain": words });
}
