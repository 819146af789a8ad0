import { RegExp } from "../intrinsics.ts";
import { END, RESUMED } from "./awaits.ts";
import { HOST } from "./modules.ts";
import { MARK } from "./names.ts";

const INSERTED = /\$\$caught\([^()]*\);|\$\$evaluable\(\[[^\]]*\],/g;
const MARKED = new RegExp(`(?<=[\\p{ID_Continue}$])${MARK}+`, "gu");

/** What the author wrote, without its types, of a piece of a compiled cell: `String(f)` runs in a worker or a child. */
export function authorsText(text: string): string {
  if (!text.includes("$$") && !text.includes(MARK)) return text;
  const plain = text.replace(INSERTED, "");
  return plain.replaceAll(RESUMED, "").replaceAll(END, "").replaceAll(HOST.import, "import").replace(MARKED, "");
}
