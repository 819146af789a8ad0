import type { Completions, Match } from "../../interpreter/index.ts";
import { TEXT_LINE, toOffset } from "./coordinates.ts";
import type { Question } from "./document.ts";
import { kindOf } from "./kinds.ts";
import type { CompletionItem } from "./lsp.ts";

/** An item of the server with the text that it would put from `start` to the cursor. */
export interface Candidate {
  item: CompletionItem;
  text: string;
  start: number;
}

const MOST = 8;
/** Shorter beginnings fit hundreds of exports. */
const LEAST_TYPED = 2;

interface Change {
  start: number;
  end: number;
  text: string;
}

/**
 * Names that are not there yet, each with the import that brings it. Jupyter's protocol replaces one range before the
 * cursor, so the range begins where the import goes, and the match is all the text from there.
 */
export async function importing(
  { server, code, offset }: Question,
  candidates: Candidate[],
  typed: string,
): Promise<Completions> {
  const none = { matches: [], start: offset, end: offset };
  if (typed.length < LEAST_TYPED) return none;
  const chosen = withoutTwins(candidates).sort(byCloseness(code)).slice(0, MOST);
  const resolved = await Promise.all(chosen.map(({ item }) => server.resolve(item)));
  const changes = resolved.map(item => (item.additionalTextEdits ?? []).map(edit => importEdit(edit, code)));
  const start = Math.min(offset, ...changes.flat().map(change => change.start));
  const matches = chosen.flatMap((candidate, index): Match[] => {
    const edits = [...(changes[index] ?? []), { start: candidate.start, end: offset, text: candidate.text }];
    if (edits.length === 1 || edits.some(({ end }) => end > offset)) return [];
    return [{ text: applied(code, start, edits), type: kindOf(candidate.item), signature: fromModule(candidate) }];
  });
  return matches.length > 0 ? { matches, start, end: offset } : none;
}

/** `node:fs` and `fs` are one module; its clear name is offered. */
function withoutTwins(candidates: Candidate[]): Candidate[] {
  const clear = new Set(candidates.map(({ item }) => `${item.label} ${sourceOf(item)}`));
  return candidates.filter(({ item }) => !clear.has(`${item.label} node:${sourceOf(item)}`));
}

/** Modules that the cell imports already, then the shortest names, then modules by name. */
function byCloseness(code: string): (a: Candidate, b: Candidate) => number {
  const away = ({ item }: Candidate) =>
    code.includes(`${sourceOf(item)}"`) || code.includes(`${sourceOf(item)}'`) ? 0 : 1;
  return (a, b) =>
    away(a) - away(b) || a.text.length - b.text.length || sourceOf(a.item).localeCompare(sourceOf(b.item));
}

function sourceOf({ data, labelDetails }: CompletionItem): string {
  return data?.source ?? labelDetails?.description ?? "";
}

function fromModule({ item }: Candidate): string {
  return `from ${JSON.stringify(sourceOf(item))}`;
}

/** An import of its own goes to the top, below a first line such as `// @strict`. */
function importEdit({ range, newText }: NonNullable<CompletionItem["additionalTextEdits"]>[number], code: string) {
  const top = /^\/\/ @[^\n]*\n/.exec(code)?.[0].length ?? 0;
  const isTop = range.start.line < TEXT_LINE;
  return {
    start: isTop ? top : toOffset(code, range.start),
    end: isTop ? top : toOffset(code, range.end),
    text: newText,
  };
}

function applied(code: string, from: number, edits: Change[]): string {
  let text = "";
  let done = from;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += code.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return text;
}
