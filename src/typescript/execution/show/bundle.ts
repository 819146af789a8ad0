import type { MimeBundle } from "../../../interpreter/index.ts";
import { Array, Object, String } from "../../intrinsics.ts";
import { insisted } from "../undisturbed.ts";
import { base64, isBytes, plain } from "./plain.ts";

/**
 * A bundle as the protocol has it: a text beside a type of text, base64 beside one of bytes, JSON beside the rest. What
 * is no content (a function, undefined) is left out.
 */
export function cleanBundle(bundle: object): MimeBundle {
  return insisted(() => cleaned(bundle));
}

function cleaned(bundle: object): MimeBundle {
  const clean: MimeBundle = {};
  for (const mime of Object.keys(bundle)) {
    const content = (bundle as MimeBundle)[mime];
    if (content !== undefined && typeof content !== "function" && typeof content !== "symbol")
      clean[mime] = contentOf(mime, content);
  }
  return clean;
}

function contentOf(mime: string, content: unknown): unknown {
  if (typeof content === "string") return content;
  if (/\bjson$/.test(mime)) return plain(content);
  if (isBytes(content)) return base64(content);
  if (!/^text\/|xml$|javascript$/.test(mime)) return plain(content);
  // A notebook file keeps a text as a list of its lines.
  const isLines = Array.isArray(content) && content.every(line => typeof line === "string");
  return isLines ? content.join("") : String(content);
}
