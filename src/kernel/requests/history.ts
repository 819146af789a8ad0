import type { Json } from "../../protocol/index.ts";
import { globMatches } from "../history/glob.ts";
import type { Entry } from "../history/sessions.ts";
import type { HistoryStore } from "../history/store.ts";
import { reply } from "../reply.ts";
import type { Request } from "../request.ts";
import type { Kernel } from "../state.ts";

interface HistoryRequest {
  hist_access_type?: string;
  output?: boolean;
  session?: number;
  start?: number;
  stop?: number | null;
  n?: number | null;
  pattern?: string;
  unique?: boolean;
}

type Access = (store: HistoryStore, request: HistoryRequest) => Entry[];

const ACCESS = new Map<string, Access>(Object.entries({ tail, range, search }));

/** Answers with cells of this session and of earlier ones, each with its true session number. */
export function history(kernel: Kernel, request: Request): void {
  const content = request.routed.message.content as HistoryRequest & Json;
  const entries = ACCESS.get(content.hist_access_type ?? "tail")?.(kernel.history, content) ?? [];
  const list = entries.map(({ session, line, input, output }) => [
    session,
    line,
    content.output === true ? [input, output] : input,
  ]);
  reply(kernel, request, "history_reply", { status: "ok", history: list });
}

function tail(store: HistoryStore, { n }: HistoryRequest): Entry[] {
  return newest(store, n ?? 10, () => true);
}

/** Session 0 is the running one, -1 the one before it. `stop` is not part of the range. */
function range(store: HistoryStore, { session = 0, start = 1, stop }: HistoryRequest): Entry[] {
  const number = session > 0 ? session : store.sessions().at(session - 1);
  if (number === undefined) return [];
  return store.of(number).filter(({ line }) => line >= start && (stop == null || line < stop));
}

/** The newest cells that a glob (`*`, `?`) matches as a whole. */
function search(store: HistoryStore, { pattern = "*", n, unique = false }: HistoryRequest): Entry[] {
  const seen = new Set<string>();
  return newest(store, n ?? Number.POSITIVE_INFINITY, ({ input }) => {
    if (!globMatches(pattern, input) || (unique && seen.has(input))) return false;
    seen.add(input);
    return true;
  });
}

function newest(store: HistoryStore, count: number, wanted: (entry: Entry) => boolean): Entry[] {
  const found: Entry[] = [];
  for (const session of store.sessions().reverse())
    for (const entry of store.of(session).toReversed()) {
      if (found.length >= count) return found.reverse();
      if (wanted(entry)) found.push(entry);
    }
  return found.reverse();
}
