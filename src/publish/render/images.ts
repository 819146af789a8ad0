import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { svgAddress } from "./escape.ts";

const KINDS: Record<string, string> = {
  ...{ ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif" },
  ...{ ".webp": "image/webp", ".svg": "image/svg+xml" },
};

/** Where the images of a cell come from. */
export interface Images {
  folder: string;
  attachments: Record<string, Record<string, string>>;
  /** Hears of each image that the page cannot carry. */
  missing: (address: string, why: string) => void;
}

/** An image's address as one that the page carries in itself; undefined where it cannot be had without a network. */
export function imageAddress(address: string, { folder, attachments, missing }: Images): string | undefined {
  if (/^data:image\//i.test(address)) return address;
  if (address.startsWith("attachment:")) return attached(address.slice("attachment:".length), attachments, missing);
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) {
    missing(address, "it lies on the network, and a deck asks nobody");
    return undefined;
  }
  const kind = KINDS[extname(address).toLowerCase()];
  if (kind === undefined) {
    missing(address, "it is no image that a page can carry");
    return undefined;
  }
  try {
    const bytes = readFileSync(join(folder, decodeURIComponent(address)));
    return kind === "image/svg+xml"
      ? svgAddress(bytes.toString("utf8"))
      : `data:${kind};base64,${bytes.toString("base64")}`;
  } catch (error) {
    missing(address, (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : String(error));
    return undefined;
  }
}

function attached(name: string, attachments: Images["attachments"], missing: Images["missing"]): string | undefined {
  const [kind, data] = Object.entries(attachments[decodeURIComponent(name)] ?? {})[0] ?? [];
  if (kind !== undefined && data !== undefined) return `data:${kind};base64,${data}`;
  missing(`attachment:${name}`, "the cell has no such attachment");
  return undefined;
}
