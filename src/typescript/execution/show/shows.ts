import { Buffer, Object, realm, Symbol, Uint8Array } from "../../intrinsics.ts";
import type { KernelHandle } from "./display.ts";

/** One method a kind of content; bytes go out in base64. */
export interface Display {
  javascript(source: string): void;
  html(source: string): void;
  markdown(source: string): void;
  latex(source: string): void;
  svg(source: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(mime: string, content: unknown): void;
}

const MIME: Record<Exclude<keyof Display, "raw">, string> = {
  javascript: "text/javascript",
  html: "text/html",
  markdown: "text/markdown",
  latex: "text/latex",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
};

/** A display of its own; with a `display_id` its second showing changes the first. */
export function createDisplay(display_id?: string): Display {
  let shown = false;
  const raw = (mime: string, content: unknown) => {
    const data = { [mime]: content instanceof Uint8Array ? Buffer.from(content).toString("base64") : content };
    const kernel = kernelHandle();
    if (display_id === undefined) kernel.display(data);
    else if (shown) kernel.update(data, {}, { display_id });
    else kernel.display(data, {}, { display_id });
    shown = true;
  };
  const methods = Object.entries(MIME).map(([name, mime]) => [name, (content: unknown) => raw(mime, content)]);
  return { ...Object.fromEntries(methods), raw } as Display;
}

function kernelHandle(): KernelHandle {
  return (realm as unknown as Record<symbol, KernelHandle>)[Symbol.for("latent.kernel")] as KernelHandle;
}
