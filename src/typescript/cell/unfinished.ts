import { type OxcError, parseSync } from "oxc-parser";
import { openBrackets } from "./open_brackets.ts";
import { isBehindCast, isProgram } from "./read.ts";

/** How a cell may be meant: its language, and the bracket in front of one that is an object (`read.ts`). */
const READINGS = [
  { name: "cell.ts", lang: "ts", before: "" },
  { name: "cell.ts", lang: "ts", before: "(" },
  { name: "cell.tsx", lang: "tsx", before: "" },
] as const;

type Reading = (typeof READINGS)[number];

/** What may come next, the likeliest first; the last ones go on with a string whose line ends in a backslash. */
const NEXT = [
  "",
  " x",
  " => x",
  " = x",
  " {}",
  ": x",
  " x: x",
  " 1",
  " as x",
  " readonly [x in x]: x",
  " meta",
  " class x {}",
  "[]",
  '\n"',
  "\n'",
];
/** What may come behind a bracket that is closed, before a parser knows what the bracket was. */
const BEHIND = [
  " => x",
  " = x",
  ">",
  "> => x",
  " => x>",
  "(x) => x",
  ">(x) => x",
  ">>(x) => x",
  ">>>(x) => x",
  ">> => x",
  " => x>(x)",
  ": x",
  " => x : x",
];
/** What may close there while a function closes further out. */
const WITHIN = [" => x", ">", ">>"];
/** So many of the innermost brackets are tried with something behind them. */
const DEEPEST = 6;
/** So many characters are parsed at most, in some 100 ms: this runs in the front process. */
const MOST = 1_000_000;

/**
 * Whether a text that is no program may begin one. Our parser tells it mostly: the error is where the text ends. But it
 * reads `(a, b) =>` twice, as a function and then as a value in brackets, and what it says is of the second time; other
 * errors are at the last token (`a?.`). So the text is tried with what may come next: it is unfinished if then nothing
 * is wrong with the text itself.
 */
export function isUnfinished(code: string): boolean {
  const { closing, end } = openBrackets(code);
  const text = code.slice(0, end);
  let left = MOST;
  for (const ending of endings(closing)) {
    for (const reading of READINGS) {
      if (reading.before && !text.trimStart().startsWith("{")) continue;
      if (isRight(text, ending, reading)) return true;
      left -= text.length;
    }
    if (left < 0) return false;
  }
  return false;
}

function isRight(text: string, ending: string, { name, lang, before }: Reading): boolean {
  const { errors } = parseSync(name, `${before}${text}${ending}`, { lang, sourceType: "module" });
  const wrong = errors.find(error => startOf(error) < before.length + text.length);
  if (wrong === undefined) return true;
  return isBehindCast(text, startOf(wrong) - before.length) && isProgram(text + ending);
}

/** The first label is of what is wrong, others of what it belongs to. */
function startOf({ labels: [first] }: OxcError): number {
  return first?.start ?? 0;
}

function* endings(closing: readonly string[]): Generator<string> {
  const inner = closing.slice(-DEEPEST).reverse();
  const outer = closing.slice(0, -DEEPEST).reverse().join("");
  const nexts = closing.at(-1) === "`" ? [""] : NEXT;
  for (const behind of placements(inner.length + 1)) {
    const rest = inner.map((bracket, index) => `${bracket}${behind(index + 1)}`).join("");
    for (const next of nexts) yield `${next}${behind(0)}${rest}${outer}`;
  }
}

/** What stands behind which of `places`: nothing, then each of the table at one of them, then two. */
function* placements(places: number): Generator<(place: number) => string> {
  yield () => "";
  for (const behind of BEHIND) for (let at = 0; at < places; at++) yield place => (place === at ? behind : "");
  for (const within of WITHIN)
    for (let first = 0; first < places; first++)
      for (let second = first + 1; second < places; second++)
        yield place => (place === first ? within : place === second ? " => x" : "");
}
