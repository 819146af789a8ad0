import type { CellNames, Declared, Kind } from "./declarations.ts";

/** The cell that gives a name its value and its type; mostly one, but `interface P` and a later `const P` are two. */
interface Visible {
  value?: number;
  type?: number;
  kind: Kind;
}

/** A name that a text needs, and whether it needs its type alone. */
interface Needed {
  name: string;
  visible: Visible;
  typeOnly: boolean;
}

export interface CellDocument {
  file: string;
  text: string;
}

/** The document of the text that is being written, checked or asked about. */
export const SCRATCH = "__cell__.ts";
/** The document that exports what is visible now. */
export const BARREL = "__scope__.ts";

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
  /** By its text, the latest cell with that document. */
  readonly #cells = new Map<string, number>();
  #ran = 0;

  has(name: string): boolean {
    return this.#visible.has(name);
  }

  /** The cells that declare a name, as files. */
  definedIn(name: string): string[] {
    const { value, type } = this.#visible.get(name) ?? {};
    return [...new Set([value, type])].filter(cell => cell !== undefined).map(fileOf);
  }

  /** What the names of earlier cells that a text needs were declared as. */
  kinds(names: CellNames): ReadonlyMap<string, Kind> {
    const values = [...this.#needed(names, false)].filter(({ typeOnly }) => !typeOnly);
    return new Map(values.map(({ name, visible }) => [name, visible.kind]));
  }

  /** The scratch document. `all` makes every visible name known in it, also those that the text does not use yet. */
  scratch(text: string, names: CellNames, { all }: { all: boolean }): string {
    const imported: string[] = [];
    const assigned: string[] = [];
    for (const { name, visible, typeOnly } of this.#needed(names, all)) {
      const isAssigned = !typeOnly && visible.kind === "variable" && names.assigned.has(name);
      if (isAssigned) assigned.push(declaration("let", name, `typeof __scope.${name}`));
      else imported.push(typeOnly ? `type ${name}` : name);
    }
    const from = `from"./${BARREL}"`;
    return around([`import*as __scope ${from};import{${imported}}${from};`, ...assigned], text, names, "");
  }

  /** Takes in a cell that ran: its own document. The barrel has changed then. */
  commit(text: string, names: CellNames): CellDocument {
    const document = this.#documentOf(text, names);
    // The same cell run again is the same cell: what was typed by its classes and enums still fits them.
    const cell = this.#cells.get(document) ?? ++this.#ran;
    this.#cells.set(document, cell);
    if (names.augments) this.#augmenting.add(cell);
    for (const each of names.declared) this.#declare(each, cell);
    return { file: fileOf(cell), text: document };
  }

  /** The barrel. `also` are files that must be part of the program though nothing of them is visible. */
  barrel(also: Iterable<string>): string {
    const whole = new Map<number, string[]>();
    const mixed: string[] = [];
    for (const [name, { value, type }] of this.#visible) {
      const cell = value ?? type;
      if (value !== undefined && type !== undefined && value !== type)
        mixed.push(importOf(name, type, "type"), declaration("const", name, typeOf(name, value)), `export{${name}};`);
      else if (cell !== undefined) whole.set(cell, [...(whole.get(cell) ?? []), name]);
    }
    const exports = [...whole].map(([cell, names]) => `export{${names}}from"./${fileOf(cell)}";`);
    const imports = [...[...this.#augmenting].map(fileOf), ...also].map(file => `import"./${file}";`);
    return ["export{};", ...exports, ...mixed, ...imports].join("");
  }

  forget(): void {
    this.#visible.clear();
    this.#augmenting.clear();
    this.#cells.clear();
  }

  #documentOf(text: string, names: CellNames): string {
    const exported = new Set(names.declared.filter(each => each.exported).map(({ name }) => name));
    const own = new Set(names.declared.map(({ name }) => name).filter(name => !exported.has(name)));
    if (names.form === "names") return anything([...own, ...exported]);
    const imports = [...this.#needed(names, false)].flatMap(needed => importsOf(needed, names.assigned));
    return around(imports, text, names, `export{${[...own]}};`);
  }

  /** The visible names that a text needs. One that it declares as a value only leaves an older type visible. */
  *#needed({ declared, used }: CellNames, all: boolean): Generator<Needed> {
    const spaces = new Map<string, Set<string>>();
    for (const { name, space } of declared) spaces.set(name, (spaces.get(name) ?? new Set()).add(space));
    for (const [name, visible] of this.#visible) {
      if (!all && !used.has(name)) continue;
      const own = spaces.get(name);
      const isValue = own?.size === 1 && own.has("value");
      if (own === undefined) yield { name, visible, typeOnly: false };
      else if (isValue && visible.type !== undefined && visible.type !== visible.value)
        yield { name, visible, typeOnly: true };
    }
  }

  /** A declaration hides the older one; a type beside an older plain value, or the reverse, leaves that visible. */
  #declare({ name, space, kind }: Declared, cell: number): void {
    const old = this.#visible.get(name);
    const now: Visible = { kind };
    if (space !== "type") now.value = cell;
    if (space !== "value") now.type = cell;
    if (old && (old.value !== old.type || old.value === cell)) {
      if (now.value === undefined && old.value !== undefined) Object.assign(now, { value: old.value, kind: old.kind });
      if (now.type === undefined && old.type !== undefined) now.type = old.type;
    }
    this.#visible.delete(name);
    this.#visible.set(name, now);
  }
}

/** What brings a name from the cells that define it. */
function importsOf({ name, visible, typeOnly }: Needed, assigned: ReadonlySet<string>): string[] {
  const { value, type, kind } = visible;
  const isMixed = type !== undefined && type !== value;
  const types = isMixed ? [importOf(name, type, "type")] : [];
  if (typeOnly || value === undefined) return types;
  // An import cannot be assigned, and does not go together with an imported type of the same name.
  if (kind === "variable" && assigned.has(name)) return [...types, declaration("let", name, typeOf(name, value))];
  return [...types, isMixed ? declaration("const", name, typeOf(name, value)) : importOf(name, value)];
}

function importOf(name: string, cell: number, kind: "" | "type" = ""): string {
  return `import ${kind}{${name}}from"./${fileOf(cell)}";`;
}

function declaration(kind: "let" | "const", name: string, type: string): string {
  return `declare ${kind} ${name}:${type};`;
}

function typeOf(name: string, cell: number): string {
  return `typeof import("./${fileOf(cell)}").${name}`;
}

function fileOf(cell: number): string {
  return `__cell_${cell}__.ts`;
}

/** What precedes stands on line 0, so that a half-written cell cannot swallow it; an object gets its brackets. */
function around(before: readonly string[], text: string, { form }: CellNames, after: string): string {
  const [open, close] = form === "object" ? ["(", ")"] : ["", ""];
  return `${before.join("")}${open}\n${text}\n${close};export{};${after}`;
}

/** A module whose exports may be anything. */
function anything(names: readonly string[]): string {
  return `export{};${names.map(name => `export declare const ${name}:any;export type ${name}=any;`).join("")}`;
}
