import { loadScript } from "./script.ts";

let beside: Promise<Record<string, string>> | undefined;

/**
 * What the exporter packed under a name: gzip, in base64, in an element of the page, or in the script beside it that
 * `<html data-content>` names. Undefined where there is no such content.
 */
export async function unpack(id: string): Promise<string | undefined> {
  const packed = document.getElementById(id)?.textContent?.trim() || (await packedBeside())[id];
  if (!packed) return undefined;
  const stream = new Blob([bytesOf(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).text();
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
}

function packedBeside(): Promise<Record<string, string>> {
  beside ??= load(document.documentElement.dataset.content);
  return beside;
}

async function load(address: string | undefined): Promise<Record<string, string>> {
  if (address === undefined) return {};
  await loadScript(address, "What this page draws");
  return (globalThis as unknown as { latentContent: Record<string, string> }).latentContent;
}
