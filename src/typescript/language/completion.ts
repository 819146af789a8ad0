import type { Completions, Match } from "../../interpreter/index.ts";
import { type Candidate, importing } from "./auto_import.ts";
import { toOffset, toPlace } from "./coordinates.ts";
import { type Question, wordAt } from "./document.ts";
import { kindBehindAlias, kindOf } from "./kinds.ts";
import type { CompletionItem } from "./lsp.ts";
import type { Server } from "./server.ts";
import { signatureOf } from "./signature.ts";

/** More than this nobody reads; and as JSON it is 100 kB. */
const MOST = 1000;
/** Each signature is a request of its own, about a millisecond; a reader who sees more than this types on. */
const SIGNATURES = 12;

/** Our own documents, and what a path never means. */
const HIDDEN = /^(?:__(?:cell|scope|globals)|node_modules$)/;

/** What could stand at the cursor: what is visible, or where nothing is, what an import would bring. */
export async function complete(question: Question): Promise<Completions> {
  const { server, path, code, offset } = question;
  const items = await server.complete(path, toPlace(code, offset));
  const { start: word } = wordAt(code, offset);
  const found = items.filter(({ label }) => !HIDDEN.test(label)).map(item => candidate(item, code, word));
  const start = commonStart(found, word);
  const typed = code.slice(start, offset);
  const fitting = found.filter(each => each.start === start && fits(each, typed));
  const visible = fitting.filter(({ item }) => item.data?.autoImport === undefined);
  if (visible.length === 0 && fitting.length > 0) return importing(question, fitting, typed);
  visible.sort((a, b) => rank(a, typed).localeCompare(rank(b, typed)));
  return { matches: await described(server, visible.slice(0, MOST)), start, end: offset };
}

function candidate(item: CompletionItem, code: string, word: number): Candidate {
  const { textEdit: edit, insertText, label } = item;
  if (edit === undefined) return { item, text: insertText ?? label, start: word };
  const range = "insert" in edit ? edit.insert : edit.range;
  return { item, text: edit.newText, start: toOffset(code, range.start) };
}

/** The protocol has one range for all matches: the one that most of them want. */
function commonStart(found: Candidate[], word: number): number {
  const counts = new Map<number, number>();
  for (const { start } of found) counts.set(start, (counts.get(start) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? word;
}

function fits({ item, text }: Candidate, typed: string): boolean {
  return (item.filterText ?? text).toLowerCase().startsWith(typed.toLowerCase());
}

/** Sorts what begins exactly as typed first, then as the server ranks (members and locals, globals), then by name. */
function rank({ item, text }: Candidate, typed: string): string {
  return `${text.startsWith(typed) ? 0 : 1}${item.sortText ?? ""} ${text}`;
}

async function described(server: Server, candidates: Candidate[]): Promise<Match[]> {
  const plain = candidates.map(({ item, text }) => ({ text, type: kindOf(item) }));
  if (candidates.length > SIGNATURES) return plain;
  const resolved = await Promise.all(candidates.map(({ item }) => server.resolve(item)));
  return plain.map(({ text, type }, index) => {
    const { detail } = resolved[index] ?? {};
    return { text, type: kindBehindAlias(detail) ?? type, signature: signatureOf(text, detail) };
  });
}
