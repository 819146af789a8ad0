import { hostKernel, type MimeBundle, tslabWriter } from "./host.ts";

/** A MIME bundle with the words that a reader without the right renderer sees. */
export type ReadableBundle = MimeBundle & { "text/plain": string };

/** Shows a MIME bundle at once: through Latent's kernel, else through stock tslab, else its words on the console. */
export function show(bundle: ReadableBundle): void {
  const kernel = hostKernel();
  const tslab = tslabWriter();
  if (kernel) kernel.display(bundle);
  else if (tslab) tslab({ data: bundle, metadata: {}, transient: {} }, false);
  else console.log(bundle["text/plain"]);
}
