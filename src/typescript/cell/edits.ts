import { Math } from "../intrinsics.ts";

/** One change of a text: what stands from `start` to `end` becomes `text`. */
interface Edit {
  start: number;
  end: number;
  text: string;
  /** Where an inserted text comes from. */
  from?: number;
}

const NAME = /(?:\\u\{[^}]*\}|\\u\w{4}|[\p{ID_Continue}$\u200c\u200d])+/uy;

/** A text after its edits, and the way back from each of its offsets. */
export interface Edited {
  text: string;
  /** The offset in the original text of an offset in the edited one; inside inserted text, where it was inserted. */
  original: (offset: number) => number;
  /** The offset in the edited text of a character that no edit has touched. */
  edited: (offset: number) => number;
}

/** Changes of one text, collected in any order and made together. An edit inside a larger one is dropped. */
export class Edits {
  readonly #source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** Replaces a range; line breaks of the range are kept behind `text`, so that no later line moves. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text: text + this.#source.slice(start, end).replace(/[^\n]/g, "") });
  }

  /** Puts `text` in. An error in it is one of the author's text at `from`. */
  insert(at: number, text: string, from: number = at): void {
    this.#edits.push({ start: at, end: at, text, from });
  }

  /** Replaces an identifier, which may be written with escapes. */
  replaceName(start: number, name: string, text: string): void {
    NAME.lastIndex = start;
    const [written = name] = this.#source.startsWith(name, start) ? [name] : (NAME.exec(this.#source) ?? []);
    this.#edits.push({ start, end: start + written.length, text });
  }

  /** Makes a range blank, in place: every later character keeps its line and column. `left` takes the first place. */
  blank(start: number, end: number, left = ""): void {
    if (end <= start) return;
    const spaces = this.#source.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, " ");
    this.#edits.push({ start, end, text: left + spaces.slice(left.length) });
  }

  apply(): Edited {
    // At one place: insertions first, in the order they were asked for; then the longest range.
    const order = this.#edits.map((edit, index) => ({ ...edit, index }));
    order.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end || a.index - b.index);
    const parts: string[] = [];
    const marks: { at: number; from: number; kept: boolean }[] = [];
    let done = 0;
    let length = 0;
    const push = (text: string, from: number, kept: boolean) => {
      if (text === "") return;
      marks.push({ at: length, from, kept });
      parts.push(text);
      length += text.length;
    };
    for (const { start, end, text, from = start } of order) {
      if (start < done) continue;
      push(this.#source.slice(done, start), done, true);
      push(text, from, text.length === end - start);
      done = end;
    }
    push(this.#source.slice(done), done, true);
    return {
      text: parts.join(""),
      original: offset => originalOffset(marks, offset, this.#source.length),
      edited: offset => {
        const mark = marks.findLast(({ from, kept }) => kept && from <= offset);
        return mark ? mark.at + offset - mark.from : 0;
      },
    };
  }
}

function rank({ start, end }: Edit): number {
  return start === end ? 0 : 1;
}

function originalOffset(marks: { at: number; from: number; kept: boolean }[], offset: number, last: number): number {
  const mark = marks.findLast(({ at }) => at <= offset);
  if (mark === undefined) return 0;
  return Math.min(last, mark.kept ? mark.from + offset - mark.at : mark.from);
}
