import { Math, RegExp } from "../intrinsics.ts";

/**
 * The parser is native code that calls itself for each level, and its process dies of too many: between 3,000 and 6,000
 * brackets, 6,000 and 12,000 of what may follow itself (`a => b => c`, `if (a) if (b)`), and more than 12,000 signs.
 */
const COST = { bracket: 4, link: 2, sign: 1 };
const HIGHEST = 6000;
/** So much is not deep whatever it says. */
const SHORT = 3000;

/** What has no depth: comments, strings, and patterns where one may stand. */
const SKIP =
  /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?|(?<=[(,=:[!&|?{};]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//;
/** A new statement, or another element: what came before does not hold it. */
const END =
  /[;,](?!\s*else\b)|(?<=(?:[\w$)\]}"'`]|(?<!=)>)[^\S\n]*)(?<!\b(?:await|delete|do|else|extends|keyof|new|typeof|void|yield)\s*)\n\s*(?!else\b|[^\w$({["'`@#}/])|\b(?:case|default)\b/;
/** Type arguments are brackets that look like signs. */
const ARGUMENTS = /(?<=[\w$])<(?=[^\s=]|\s*\n)|(?<=[\w$\]>)}"']\s*)>/;
const LINK = /=>|(?<![=!<>])=(?!=)|\?(?![.?])|\b(?:if|else|for|while|do)\b/;
const HEAD = /^(?:if|for|while)$/;
const SIGN = /(?<![\w$)\]}"'`]\s{0,9})[-+~!<]|:|\*\*|\b(?:await|new|typeof|void|delete|extends)\b/;

const TOKEN = new RegExp(
  `(?<skip>${SKIP.source})|(?<open>[([{])|(?<close>[)\\]}])|(?<template>\`)|(?<end>${END.source})|` +
    `(?<args>${ARGUMENTS.source})|(?<link>${LINK.source})|(?<sign>${SIGN.source})`,
  "g",
);
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

/**
 * Whether a text may nest too deep to be parsed beside the kernel's own work: an upper bound for any program that does
 * not hide a quote in an unusual place. Text in strings, templates, comments and patterns does not count: a cell may
 * hold a page of dashes.
 */
export function isTooDeep(text: string): boolean {
  if (text.length <= SHORT) return false;
  const depth = new Depth(text);
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    TOKEN.lastIndex = depth.take(match.groups ?? {}, TOKEN.lastIndex);
    if (depth.cost > HIGHEST) return true;
  }
  return false;
}

/** What stands open inside of one bracket: links and signs in a row, and lists of type arguments. */
interface Level {
  chain: number;
  lists: number;
  /** Whether it is the head of an `if` or a loop, behind which the next line is its body. */
  head: boolean;
  /** Whether it is a template's placeholder, behind which the template goes on. */
  template: boolean;
}

class Depth {
  readonly #text: string;
  readonly #outer: Level[] = [];
  #level: Level = { chain: 0, lists: 0, head: false, template: false };
  #outerCost = 0;
  #headComes = false;
  /** Where the last head ended. */
  #headEnd = -1;

  constructor(text: string) {
    this.#text = text;
  }

  get cost(): number {
    return this.#outerCost + costOf(this.#level);
  }

  /** Takes a token that ends at `at`; returns where the next one may begin. */
  take({ skip, open, close, template, end, args, link }: Partial<Record<string, string>>, at: number): number {
    const level = this.#level;
    if (skip !== undefined) return at;
    if (open) this.#enter(false);
    else if (close) return this.#leave(at) ? this.#template(at) : at;
    else if (template) return this.#template(at);
    else if (end !== undefined) this.#end(end, at - end.length);
    else if (args) level.lists = Math.max(0, level.lists + (args === "<" ? 1 : -1));
    else {
      level.chain += link ? COST.link : COST.sign;
      if (link) this.#headComes = HEAD.test(link);
    }
    return at;
  }

  #enter(template: boolean): void {
    this.#outerCost += costOf(this.#level) + COST.bracket;
    this.#outer.push(this.#level);
    this.#level = { chain: 0, lists: 0, head: this.#headComes, template };
    this.#headComes = false;
  }

  /** Whether a template goes on behind the bracket. */
  #leave(at: number): boolean {
    const { template, head } = this.#level;
    if (head) this.#headEnd = at;
    const outer = this.#outer.pop();
    if (!outer) return false;
    this.#level = outer;
    this.#outerCost -= costOf(outer) + COST.bracket;
    return template;
  }

  /** A comma may stand in a list of type arguments, the end of a statement may not. */
  #end(end: string, start: number): void {
    const isBody = this.#headEnd >= 0 && end.startsWith("\n") && /^\s*$/.test(this.#text.slice(this.#headEnd, start));
    if (isBody) return;
    this.#level.chain = 0;
    if (end !== ",") this.#level.lists = 0;
  }

  #template(at: number): number {
    TEMPLATE_TEXT.lastIndex = at;
    TEMPLATE_TEXT.exec(this.#text);
    const { lastIndex } = TEMPLATE_TEXT;
    if (!this.#text.startsWith("${", lastIndex)) return lastIndex + 1;
    this.#enter(true);
    return lastIndex + 2;
  }
}

function costOf({ chain, lists }: Level): number {
  return chain + lists * COST.bracket;
}
