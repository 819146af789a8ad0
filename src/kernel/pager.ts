import type { ExecuteReply } from "../protocol/index.ts";
import type { Kernel } from "./state.ts";

/** No name is longer. */
const LONGEST = 1000;

/** `name?`, `?name` and `name??`: a question about a name, as consoles have it. Returns the name and the detail. */
export function helpQuestion(code: string): { name: string; detail: 0 | 1 } | undefined {
  const text = code.trim();
  // Nearly every cell is none, and some are megabytes.
  if (text.length > LONGEST || !(text.startsWith("?") || text.endsWith("?"))) return undefined;
  const [, before, name, after] = /^(\?{0,2})\s*([\w$.]+)\s*(\?{0,2})$/.exec(text) ?? [];
  const marks = before || after;
  return name === undefined || !marks ? undefined : { name, detail: marks === "??" ? 1 : 0 };
}

/** Answers such a question with a `page` payload. */
export async function page(
  kernel: Kernel,
  { name, detail }: { name: string; detail: 0 | 1 },
  execution_count: number,
): Promise<ExecuteReply> {
  const found = await kernel.interpreter.inspect(name, name.length, detail);
  const data = found ?? { "text/plain": `Nothing is known of "${name}".` };
  return { status: "ok", execution_count, payload: [{ source: "page", data, start: 0 }], user_expressions: {} };
}
