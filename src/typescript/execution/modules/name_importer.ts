import { String, SyntaxError } from "../../intrinsics.ts";
import { pathOf } from "./local_graph.ts";

/** Node says which name a module lacks, and only in the first line of the stack which of the author's files asks for it. */
export function nameImporter(error: unknown): void {
  if (!(error instanceof SyntaxError) || !/ does not provide an export named '[^']*'$/.test(error.message)) return;
  // The path where the file has a source map, otherwise its address.
  const [, importer = "", line] = /^(\S.*):(\d+)\n/.exec(String(error.stack)) ?? [];
  const path = importer.startsWith("file:") ? pathOf(importer) : importer;
  if (path !== "") error.message += ` (${path}, line ${line})`;
}
