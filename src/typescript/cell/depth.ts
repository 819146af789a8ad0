import { type RegExp, Set } from "../intrinsics.ts";
import { Levels } from "./depth_levels.ts";

const HIGHEST = 6000;
/** So much is not deep whatever it says. */
const SHORT = 3000;

// Each is read where it stands, and none looks back: over ten thousand blanks that took their square.
const COMMENT = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/y;
const STRING = /'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?/y;
const PATTERN = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
const ELSE = /\s*else\b/y;

const LINKS = new Set(["if", "else", "for", "while", "do"]);
const HEADS = new Set(["if", "for", "while"]);
const EXPRESSION_SIGNS = ["await", "new", "typeof", "void", "delete", "extends", "yield"];
const SIGNS = new Set([...EXPRESSION_SIGNS, "keyof", "readonly", "unique"]);
/** Behind these a statement goes on in the next line. */
const UNENDED = new Set([...EXPRESSION_SIGNS, "do", "else", "keyof"]);

/** Stands for any word, as a sign stands for itself. */
const WORD = "w";
const VALUES = new Set([WORD, ")", "]", "}", '"', "'", "`"]);
const ENDINGS = new Set([...VALUES, ">"]);
const BEFORE_PATTERN = new Set([..."(,=:[!&|?{};+", "=>", ""]);
const BEFORE_PATTERN_WORDS = new Set([...EXPRESSION_SIGNS, "return", "case", "in", "of", "throw", "instanceof"]);
const OPERATORS = new Set("+-*/%&|^<");
/** Besides words: what begins a line that does not go on with the one before. */
const BEGINNINGS = new Set("({[\"'`@#}/");

/**
 * Whether a text may nest too deep to be parsed beside the kernel's own work: an upper bound for any program that does
 * not hide a quote in an unusual place. Text in strings, templates, comments and patterns does not count: a cell may
 * hold a page of dashes.
 */
export function isTooDeep(text: string, highest: number = HIGHEST): boolean {
  if (text.length <= SHORT) return false;
  const reader = new Reader(text);
  while (reader.at < text.length) {
    reader.read();
    if (reader.levels.cost > highest) return true;
  }
  return false;
}

class Reader {
  readonly levels: Levels = new Levels();
  readonly #text: string;
  at = 0;
  /** What stands before, blanks and comments left out: a sign or a word, which one, and where it ends. */
  #before = "";
  #word = "";
  #beforeEnd = 0;
  /** Where the last head of an `if` or a loop ended. */
  #headEnd = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes the next word, sign, stretch of blanks or piece that has no depth. */
  read(): void {
    const code = this.#text.charCodeAt(this.at);
    if (isSpace(code)) this.#readBlanks();
    else if (!this.#skip(COMMENT)) {
      if (isWord(code)) this.#readWord();
      else this.#readSign(this.#text[this.at] as string);
      this.#beforeEnd = this.at;
    }
  }

  #readBlanks(): void {
    let breaks = false;
    for (; isSpace(this.#text.charCodeAt(this.at)); this.at++) breaks ||= this.#text[this.at] === "\n";
    // Behind a head comes its body.
    if (breaks && this.#headEnd !== this.#beforeEnd && this.#mayEnd() && this.#begins()) this.levels.endStatement();
  }

  #mayEnd(): boolean {
    return ENDINGS.has(this.#before) && !(this.#before === WORD && UNENDED.has(this.#word));
  }

  #begins(): boolean {
    if (this.at >= this.#text.length) return true;
    if (isWord(this.#text.charCodeAt(this.at))) return !this.#isAt(ELSE);
    if (this.#text.startsWith("++", this.at) || this.#text.startsWith("--", this.at)) return true;
    return BEGINNINGS.has(this.#text[this.at] as string);
  }

  #readWord(): void {
    const start = this.at;
    while (isWord(this.#text.charCodeAt(this.at))) this.at++;
    const word = this.#text.slice(start, this.at);
    if (word === "case" || word === "default") this.levels.endStatement();
    else if (LINKS.has(word)) this.levels.link(HEADS.has(word));
    else if (SIGNS.has(word)) this.levels.sign();
    this.#before = WORD;
    this.#word = word;
  }

  #readSign(sign: string): void {
    const isQuote = sign === "'" || sign === '"';
    // `a++` ends in a value.
    if ((sign === "+" || sign === "-") && VALUES.has(this.#before) && this.#text[this.at + 1] === sign) {
      this.at += 2;
      return;
    }
    if (!(isQuote && this.#skip(STRING)) && !(this.#mayBePattern() && this.#skip(PATTERN))) {
      this.at++;
      this.#goOn(sign);
      Reader.#counts[sign]?.(this);
    }
    // `=>` is no end of anything.
    this.#before = sign === ">" && this.#text[this.at - 2] === "=" ? "=>" : sign;
  }

  #mayBePattern(): boolean {
    return this.#before === WORD ? BEFORE_PATTERN_WORDS.has(this.#word) : BEFORE_PATTERN.has(this.#before);
  }

  /** What each sign opens, closes or adds; `at` is behind it. */
  static readonly #counts: Readonly<Record<string, (reader: Reader) => void>> = {
    "(": ({ levels }) => levels.enter(),
    "[": ({ levels }) => levels.enter(),
    "{": ({ levels }) => levels.enter(),
    ")": reader => reader.#leave(),
    "]": reader => reader.#leave(),
    "}": reader => reader.#leave(),
    "`": reader => reader.#readTemplate(),
    ",": ({ levels }) => levels.endElement(),
    ";": reader => reader.#isAt(ELSE) || reader.levels.endStatement(),
    "<": reader => reader.#readLess(),
    ">": reader => reader.#readGreater(),
    "=": reader => /^[^=!<>]=[^=>]$/.test(reader.#around()) && reader.levels.link(),
    "?": reader => /\?[^?.]$/.test(reader.#around()) && reader.levels.link(),
    ":": ({ levels }) => levels.sign(),
    "*": reader => reader.#text[reader.at] === "*" && reader.levels.sign(),
    "-": reader => reader.#prefix(),
    "+": reader => reader.#prefix(),
    "~": reader => reader.#prefix(),
    "!": reader => reader.#prefix(),
  };

  /** A call, an element, a member, a template of a tag, or an operator between two values. */
  #goOn(sign: string): void {
    if (sign === ".") this.levels.follow();
    else if (!VALUES.has(this.#before)) return;
    else if (sign === "(" || sign === "[" || sign === "`") this.levels.follow();
    else if (OPERATORS.has(sign)) this.levels.operate();
  }

  #prefix(): void {
    if (!VALUES.has(this.#before)) this.levels.sign();
  }

  /** The sign that was read last, with its neighbours; a blank where there is none. */
  #around(): string {
    return (this.#text[this.at - 2] ?? " ") + this.#text[this.at - 1] + (this.#text[this.at] ?? " ");
  }

  /** Behind a word the parser looks for type arguments; a cast stands where a value may begin. */
  #readLess(): void {
    if (this.#before === WORD && !/[=<]/.test(this.#text[this.at] ?? "")) this.levels.list(1);
    else this.#prefix();
  }

  #readGreater(): void {
    if (this.#before === "=") this.levels.link();
    else if (ENDINGS.has(this.#before)) this.levels.list(-1);
  }

  #leave(): void {
    const { head, template } = this.levels.leave();
    if (head) this.#headEnd = this.at;
    if (template) this.#readTemplate();
  }

  /** The text of a template, to its end or its next placeholder. */
  #readTemplate(): void {
    this.#skip(TEMPLATE_TEXT);
    const isPlaceholder = this.#text.startsWith("${", this.at);
    this.at += isPlaceholder ? 2 : 1;
    if (isPlaceholder) this.levels.enter(true);
  }

  #skip(piece: RegExp): boolean {
    if (!this.#isAt(piece)) return false;
    this.at = piece.lastIndex;
    return true;
  }

  #isAt(piece: RegExp): boolean {
    piece.lastIndex = this.at;
    return piece.test(this.#text);
  }
}

function isSpace(code: number): boolean {
  return code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029;
}

/** Letters of other alphabets are not told from their signs. */
function isWord(code: number): boolean {
  if (code >= 128) return !isSpace(code);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 36 ||
    code === 95
  );
}
