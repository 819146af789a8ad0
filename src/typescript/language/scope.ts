import type { CellNames, Declared } from "./declarations.ts";

/** The cell that gives a name its value and its type; mostly one, but `interface P` and a later `const P` are two. */
interface Visible {
  value?: number;
  type?: number;
  mutable: boolean;
}

export interface CellDocument {
  file: string;
  text: string;
}

/** The document of the text that is being written, checked or asked about. */
export const SCRATCH = "__cell__.ts";
/** The document that exports what is visible now. */
export const BARREL = "__scope__.ts";

/** Text stands on line 1 of its document: what the document imports is line 0. */
export const TEXT_LINE = 1;

/**
 * Which cell every name comes from, as TypeScript documents:
 *
 *     __cell__.ts     import*as __scope from"./__scope__.ts";import{a,tf}from"./__scope__.ts";   the text, from line 1
 *     __scope__.ts    export{tf}from"./__cell_1__.ts";export{a}from"./__cell_7__.ts";           what is visible now
 *     __cell_7__.ts   import{tf}from"./__cell_1__.ts";   the text of the cell that ran   ;export{a};
 *
 * The server keeps its program while the modules that a document imports stay the same, so the scratch document always
 * imports the barrel, twice, and nothing else. A cell that ran imports from the cells that define, never from the
 * barrel: otherwise `const x = y + 1`, where y was made from an older x, would be a circle. Nothing is emitted as a
 * declaration, so types without a name (a unique symbol, a local class) stay exact.
 */
export class Scope {
  readonly #visible = new Map<string, Visible>();
  readonly #augmenting = new Set<number>();
  #ran = 0;

  has(name: string): boolean {
    return this.#visible.has(name);
  }

  /** The cells that declare a name, as files. */
  definedIn(name: string): string[] {
    const { value, type } = this.#visible.get(name) ?? {};
    return [...new Set([value, type])].filter(cell => cell !== undefined).map(fileOf);
  }

  /** The scratch document. `all` makes every visible name known in it, also those that the text does not use yet. */
  scratch(text: string, names: CellNames, { all }: { all: boolean }): string {
    const imported: string[] = [];
    let lets = "";
    for (const { name, visible, as } of this.#imports(names, all)) {
      if (as === "type") imported.push(`type ${name}`);
      else if (visible.mutable && names.assigned.has(name)) lets += `declare let ${name}:typeof __scope.${name};`;
      else imported.push(name);
    }
    const from = `from"./${BARREL}"`;
    return around(`import*as __scope ${from};import{${imported}}${from};${lets}`, text, names, "");
  }

  /** Takes in a cell that ran: its own document. The barrel has changed then. */
  commit(text: string, names: CellNames): CellDocument {
    let before = "";
    for (const { name, visible, as } of this.#imports(names, false)) {
      const { value, type, mutable } = visible;
      const typed = type !== undefined && type !== value;
      if (typed) before += `import type{${name}}from"./${fileOf(type)}";`;
      if (as === "type" || value === undefined) continue;
      // An import cannot be assigned, and does not go together with an imported type of the same name.
      if (mutable && names.assigned.has(name)) before += `declare let ${name}:${typeOf(name, value)};`;
      else if (typed) before += `declare const ${name}:${typeOf(name, value)};`;
      else before += `import{${name}}from"./${fileOf(value)}";`;
    }
    const cell = ++this.#ran;
    if (names.augments) this.#augmenting.add(cell);
    for (const each of names.declared) this.#declare(each, cell);
    const exported = new Set(names.declared.filter(each => each.exported).map(({ name }) => name));
    const own = new Set(names.declared.map(({ name }) => name).filter(name => !exported.has(name)));
    if (names.form === "names") return { file: fileOf(cell), text: anything([...own, ...exported]) };
    return { file: fileOf(cell), text: around(before, text, names, `export{${[...own]}};`) };
  }

  /** The barrel. `also` are files that must be part of the program though nothing of them is visible. */
  barrel(also: readonly string[]): string {
    const names = new Map<number, string[]>();
    let pairs = "";
    for (const [name, { value, type }] of this.#visible) {
      const cell = value ?? type;
      if (value !== undefined && type !== undefined && value !== type)
        pairs += `import type{${name}}from"./${fileOf(type)}";declare const ${name}:${typeOf(name, value)};export{${name}};`;
      else if (cell !== undefined) names.set(cell, [...(names.get(cell) ?? []), name]);
    }
    const exports = [...names].map(([cell, each]) => `export{${each}}from"./${fileOf(cell)}";`);
    const imports = [...[...this.#augmenting].map(fileOf), ...also].map(file => `import"./${file}";`);
    return `export{};${exports.join("")}${pairs}${imports.join("")}`;
  }

  forget(): void {
    this.#visible.clear();
    this.#augmenting.clear();
  }

  /** The visible names that a text needs. One that it declares as a value only leaves an older type visible. */
  *#imports({ declared, used }: CellNames, all: boolean) {
    const spaces = new Map<string, Set<string>>();
    for (const { name, space } of declared) spaces.set(name, (spaces.get(name) ?? new Set()).add(space));
    for (const [name, visible] of this.#visible) {
      if (!all && !used.has(name)) continue;
      const own = spaces.get(name);
      if (own === undefined) yield { name, visible, as: "both" as const };
      else if (own.size === 1 && own.has("value") && visible.type !== undefined && visible.type !== visible.value)
        yield { name, visible, as: "type" as const };
    }
  }

  /** A declaration hides the older one; a type beside an older plain value, or the reverse, leaves that visible. */
  #declare({ name, space, mutable }: Declared, cell: number): void {
    const old = this.#visible.get(name);
    const now: Visible = { mutable };
    if (space !== "type") now.value = cell;
    if (space !== "value") now.type = cell;
    if (old && (old.value !== old.type || old.value === cell)) {
      if (now.value === undefined && old.value !== undefined)
        Object.assign(now, { value: old.value, mutable: old.mutable });
      if (now.type === undefined && old.type !== undefined) now.type = old.type;
    }
    this.#visible.delete(name);
    this.#visible.set(name, now);
  }
}

function fileOf(cell: number): string {
  return `__cell_${cell}__.ts`;
}

function typeOf(name: string, cell: number): string {
  return `typeof import("./${fileOf(cell)}").${name}`;
}

/** What precedes stands on line 0, so that a half-written cell cannot swallow it; an object gets its brackets. */
function around(before: string, text: string, { form }: CellNames, after: string): string {
  const [open, close] = form === "object" ? ["(", ")"] : ["", ""];
  return `${before}${open}\n${text}\n${close};export{};${after}`;
}

/** A module whose exports may be anything. */
function anything(names: readonly string[]): string {
  return `export{};${names.map(name => `export declare const ${name}:any;export type ${name}=any;`).join("")}`;
}
