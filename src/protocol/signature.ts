import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 of the four JSON frames, in hexadecimal; empty where the connection has no key. */
export function sign(key: string, frames: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest("hex");
}

/** Compares in constant time, on the frames as they were received, before anything is parsed. */
export function verify(key: string, frames: readonly Uint8Array[], signature: Uint8Array): boolean {
  if (key === "") return true;
  const expected = Buffer.from(sign(key, frames));
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}
