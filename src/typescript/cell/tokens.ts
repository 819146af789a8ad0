/**
 * Places in the text that the syntax tree has no node for: between two nodes stand only punctuation, keywords, white
 * space and comments, and a comment may hold anything.
 */

const BREAK = /[\n\r\u2028\u2029]/;
const WORD = /[\p{ID_Continue}$]/u;
/** White space and comments. */
const TRIVIA = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;

/** Where the next token begins, from a place that is not inside one. */
export function nextToken(code: string, from: number): number {
  TRIVIA.lastIndex = from;
  TRIVIA.exec(code);
  return TRIVIA.lastIndex;
}

/** Where `token` stands outside of comments, or -1. A word is only found whole. */
export function findToken(code: string, token: string, from: number, to: number = code.length): number {
  const isWord = WORD.test(token);
  for (let at = nextToken(code, from); at < to; at = nextToken(code, at + 1)) {
    if (!code.startsWith(token, at)) continue;
    if (!isWord || !(WORD.test(code[at - 1] ?? "") || WORD.test(code[at + token.length] ?? ""))) return at;
  }
  return -1;
}

export function breaksLine(code: string, from: number, to: number): boolean {
  return BREAK.test(code.slice(from, to));
}
