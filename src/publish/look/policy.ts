import { createHash } from "node:crypto";

/** What beside its own script and what that unpacks a page may load. */
export interface Allowed {
  /** Scripts, styles and pictures that lie beside it. */
  beside: boolean;
}

/** Only our own script runs, and what it unpacks; whatever an output brings along does not, and nothing is asked for elsewhere. */
export function policy(script: string, { beside }: Allowed = { beside: false }): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const own = beside ? " 'self'" : "";
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:${own}`,
    `style-src 'unsafe-inline'${own}`,
    `img-src data: blob:${own}`,
    "font-src data:",
    "media-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
