import { Math } from "../intrinsics.ts";

/**
 * The parser is native code that calls itself for each level, and its process dies of too many: between 3,000 and 6,000
 * brackets, 6,000 and 12,000 of what may follow itself (`a => b => c`, `if (a) if (b)`), and more than 12,000 signs.
 * What it gives for `a.b.c` and `a + b + c` is as deep: files with 16,000 members or 40,000 operators ended the process.
 */
const COST = { bracket: 4, link: 2, sign: 1, follow: 1 / 4, operator: 1 / 8 };

/** What stands open inside of one bracket: links and signs in a row, and lists of type arguments. */
interface Level {
  chain: number;
  lists: number;
  /** Whether it is the head of an `if` or a loop, behind which the next line is its body. */
  head: boolean;
  /** Whether it is a template's placeholder, behind which the template goes on. */
  template: boolean;
}

/** All that stands open at one place of a text, and what it costs the parser. */
export class Levels {
  readonly #outer: Level[] = [];
  #level: Level = { chain: 0, lists: 0, head: false, template: false };
  #outerCost = 0;
  #headComes = false;

  get cost(): number {
    return this.#outerCost + costOf(this.#level);
  }

  sign(): void {
    this.#level.chain += COST.sign;
  }

  /** What goes on behind a value: a member, a call. */
  follow(): void {
    this.#level.chain += COST.follow;
  }

  operate(): void {
    this.#level.chain += COST.operator;
  }

  /** What may follow itself; a head in brackets comes behind an `if` or a loop. */
  link(hasHead = false): void {
    this.#level.chain += COST.link;
    this.#headComes = hasHead;
  }

  /** A list of type arguments, whose brackets look like signs, begins or ends. */
  list(change: 1 | -1): void {
    this.#level.lists = Math.max(0, this.#level.lists + change);
  }

  enter(template = false): void {
    this.#outerCost += costOf(this.#level) + COST.bracket;
    this.#outer.push(this.#level);
    this.#level = { chain: 0, lists: 0, head: this.#headComes, template };
    this.#headComes = false;
  }

  /** Returns what was left. */
  leave(): Pick<Level, "head" | "template"> {
    const left = this.#level;
    const outer = this.#outer.pop();
    if (outer === undefined) return { head: left.head, template: false };
    this.#level = outer;
    this.#outerCost -= costOf(outer) + COST.bracket;
    return left;
  }

  /** Another element: what came before does not hold it. It may stand in a list of type arguments. */
  endElement(): void {
    this.#level.chain = 0;
  }

  endStatement(): void {
    this.#level.chain = 0;
    this.#level.lists = 0;
  }
}

function costOf({ chain, lists }: Level): number {
  return chain + lists * COST.bracket;
}
