import { RegExp } from "../intrinsics.ts";
import { INSERTED } from "./awaits.ts";
import { HOST } from "./host_names.ts";
import { holder, MARK } from "./names.ts";

const CALLS = /\$\$thrown\(|\$\$caught\([^()]*\);|\$\$evaluable\(\[[^\]]*\],/g;
const HELD = new RegExp(
  `([\\p{ID_Continue}$]+)${holder("")}(?:\\.[\\p{ID_Continue}$]+|\\["(?:[^"\\\\]|\\\\.)*"\\])`,
  "gu",
);
const CALLED = new RegExp(`\\(0 ?, ?(${HELD.source})\\)`, "gu");
const MARKED = new RegExp(`(?<=[\\p{ID_Continue}$])${MARK}+`, "gu");

/** What the author wrote, without its types, of a piece of a compiled cell: `String(f)` runs in a worker or a child. */
export function authorsText(text: string): string {
  if (!text.includes("$$") && !text.includes(MARK)) return text;
  const plain = INSERTED.reduce((rest, inserted) => rest.replaceAll(inserted, ""), text.replace(CALLS, ""));
  return plain.replaceAll(HOST.import, "import").replace(CALLED, "$1").replace(HELD, "$1").replace(MARKED, "");
}
