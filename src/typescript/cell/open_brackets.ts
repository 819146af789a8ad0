import type { RegExp } from "../intrinsics.ts";

/** White space and comments, strings, and patterns where one may stand: what opens no bracket. */
const TRIVIA = /(?:\s+|\/\/.*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const LITERAL =
  /'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?|(?<=(?:[(,=:[!&|?{};]|=>|\breturn|^)\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
/** What closes a template's placeholder, behind which the template goes on. */
const PLACEHOLDER = "}`";

export interface OpenBrackets {
  /** What closes each bracket that is open where the text ends, the innermost last; a backtick closes a template. */
  closing: readonly string[];
  /** Where the last token ends: behind it are only white space and comments. */
  end: number;
}

/** The brackets that a text leaves open, by their looks: text of JSX may hold a quote, and then some are missed. */
export function openBrackets(text: string): OpenBrackets {
  const open: string[] = [];
  let end = 0;
  for (let at = skip(TRIVIA, text, 0); at < text.length; at = skip(TRIVIA, text, end)) {
    end = skip(LITERAL, text, at);
    if (end > at) continue;
    end = at + 1;
    const sign = text[at] ?? "";
    const closing = CLOSING[sign];
    if (closing !== undefined) open.push(closing);
    else if (sign === "`") end = template(text, end, open);
    else if (/[)\]}]/.test(sign) && open.pop() === PLACEHOLDER) end = template(text, end, open);
  }
  return { closing: open.flatMap(each => (each === PLACEHOLDER ? ["`", "}"] : [each])), end };
}

/** Reads the text of a template; returns where it ends, or its placeholder begins. */
function template(text: string, from: number, open: string[]): number {
  const at = skip(TEMPLATE_TEXT, text, from);
  if (text[at] === "`") return at + 1;
  const isPlaceholder = text.startsWith("${", at);
  open.push(isPlaceholder ? PLACEHOLDER : "`");
  return isPlaceholder ? at + 2 : text.length;
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
