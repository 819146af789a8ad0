import type { Completions, MimeBundle } from "../../interpreter/index.ts";
import { findServer } from "./binary.ts";
import { complete } from "./completion.ts";
import type { CellNames, Form } from "./declarations.ts";
import { missingPackages, type Past, type Problem, problemsOf, unknownNames } from "./diagnostics.ts";
import type { Question } from "./document.ts";
import { inspect } from "./inspection.ts";
import { LocalFiles } from "./local_files.ts";
import { FILE_CHANGE, type FileChange, type ServerDiagnostic } from "./lsp.ts";
import { readable } from "./markdown.ts";
import { createMirror, type Mirror, MORE_GLOBALS } from "./mirror.ts";
import { isTooMuch, namesOf } from "./names.ts";
import { isGlobal, unknownGlobals } from "./node_globals.ts";
import { BARREL, SCRATCH, Scope } from "./scope.ts";
import type { Server } from "./server.ts";
import { Servers } from "./servers.ts";
import { statementOf } from "./source.ts";
import { isUnchecked } from "./unchecked.ts";

/** A cell that ran, as the server has it. */
export interface Committed {
  file: string;
  text: string;
  form: Form;
  past: Past;
}

/** What TypeScript knows of a notebook: its cells as documents, and the server that answers questions about them. */
export class Language {
  readonly #notebook: string;
  readonly #servers: Servers;
  readonly #scope = new Scope();
  readonly #files: LocalFiles;
  readonly #texts = new Map<string, string>();
  #mirror: Mirror | undefined;
  /** What cells put on globalThis. */
  readonly #given = new Set<string>();
  /** Globals, given or of this Node, that turned out to have no types. */
  readonly #untyped = new Set<string>();
  /** Files that changed since the server was last asked. */
  #changes: FileChange[] = [];
  /** Cells that were taken in and are not checked yet: they stay part of the program until they are. */
  readonly #unchecked = new Set<string>();

  constructor(notebook: string, { executable }: { executable: string | undefined } = { executable: findServer() }) {
    this.#notebook = notebook;
    this.#servers = new Servers(
      executable,
      () => this.#folder(),
      server => this.#open(server),
    );
    this.#files = new LocalFiles(notebook, () => this.#folder());
  }

  /** What is wrong with a text that would run now. */
  async check(code: string): Promise<Problem[]> {
    const names = namesOf(code);
    if (names.used.size === 0 || names.form === "half" || names.form === "names") return [];
    return this.#servers.ask([], async server => {
      const path = this.#put(server, code, names, { all: false });
      return this.#problems(server, path, code, this.#past(names));
    });
  }

  /** Takes in a cell that ran and was checked. Cheap: the server reads it when it is asked next. */
  learn(code: string): void {
    const names = namesOf(code);
    if (names.declared.length === 0 && !names.augments) return;
    this.#take(code, names);
    this.#writeBarrel();
  }

  /** Takes in cells that ran, in their order and unchecked; `problems` then checks each. */
  learnAll(codes: readonly string[]): Committed[] {
    const taken = codes.map(code => this.#take(code, namesOf(code)));
    for (const { file } of taken) this.#unchecked.add(file);
    this.#writeBarrel();
    return taken;
  }

  /** What is wrong with a cell that was taken in without a check. */
  async problems({ file, text, form, past }: Committed): Promise<Problem[]> {
    try {
      if (form === "half" || form === "names") return [];
      return await this.#servers.ask([], server => {
        this.#report(server);
        return this.#problems(server, this.#folder().path(file), text, past);
      });
    } finally {
      this.#unchecked.delete(file);
    }
  }

  /** What could stand at the cursor. */
  async complete(code: string, offset: number): Promise<Completions> {
    const none = { matches: [], start: offset, end: offset };
    if (isTooMuch(code)) return none;
    return this.#servers.ask(none, server => complete(this.#question(server, code, offset, true)));
  }

  async inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined> {
    if (isTooMuch(code)) return undefined;
    const source = (name: string) => this.#source(name);
    const tidy = (markdown: string) => readable(markdown, this.#folder());
    return this.#servers.ask(undefined, server =>
      inspect(this.#question(server, code, offset, false), detail, { source, tidy }),
    );
  }

  /** The variables are gone with the process that had them. */
  forget(): void {
    this.#scope.forget();
    if (this.#mirror) this.#writeBarrel();
  }

  async stop(): Promise<void> {
    await this.#servers.stop();
    this.#mirror?.remove();
    this.#mirror = undefined;
  }

  /** The process id of the server, where one runs. */
  get pid(): number | undefined {
    return this.#servers.pid;
  }

  /** Lets the server make its program of what was taken in, so that the next question need not wait for it. */
  async warm(): Promise<void> {
    if (this.#changes.length === 0) return;
    await this.#servers.ask(undefined, async server => {
      await server.diagnostics(this.#put(server, "", namesOf(""), { all: true }));
    });
  }

  /** A new server reads every cell from the folder. Nothing belongs to our project before a document of it is open. */
  #open(server: Server): void {
    this.#changes = [];
    server.set(this.#folder().path(SCRATCH), this.#scope.scratch("", namesOf(""), { all: false }));
  }

  #question(server: Server, code: string, offset: number, all: boolean): Question {
    return { server, path: this.#put(server, code, namesOf(code), { all }), code, offset };
  }

  #take(text: string, names: CellNames): Committed {
    const past = this.#past(names);
    const { file, text: document } = this.#scope.commit(text, names);
    this.#write(file, document, FILE_CHANGE.made);
    this.#texts.set(file, text);
    this.#files.follow(names.files);
    for (const name of names.globals) this.#given.add(name);
    return { file, text, form: names.form, past };
  }

  #past(names: CellNames): Past {
    const redeclared = names.declared.map(({ name }) => name).filter(name => this.#scope.has(name));
    return { redeclared: new Set(redeclared), kinds: this.#scope.kinds(names) };
  }

  /** Puts a text into the scratch document, once the server knows what it may import. Returns the document's path. */
  #put(server: Server, code: string, names: CellNames, options: { all: boolean }): string {
    this.#files.follow(names.files);
    for (const name of names.globals) this.#given.add(name);
    this.#report(server);
    const path = this.#folder().path(SCRATCH);
    server.set(path, this.#scope.scratch(code, names, options));
    return path;
  }

  /** The server watches no files by itself. */
  #report(server: Server): void {
    server.touch([...this.#changes.splice(0), ...this.#files.changes()]);
  }

  async #problems(server: Server, path: string, code: string, past: Past): Promise<Problem[]> {
    const { folder, base, config } = this.#folder();
    const found = await this.#diagnostics(server, path, config);
    const problems = problemsOf(found, code, past);
    if (this.#declare(unknownNames(problems, code).filter(name => this.#given.has(name) || isGlobal(name)))) {
      this.#report(server);
      return this.#problems(server, path, code, past);
    }
    this.#servers.miss(missingPackages(problems, code));
    if (isUnchecked(code)) return [];
    return problems.map(problem => ({ ...problem, message: readable(problem.message, { folder, base }) }));
  }

  /**
   * What the server says of a document of our project. Without its configuration a document knows neither Node nor the
   * kernel, and all it says would be false. A cell that was written a moment ago is found in the project once the
   * program is made of it, which a question about the scratch document ensures: on a busy machine 2 cells of 100 that
   * ran one upon the other were without it (measured).
   */
  async #diagnostics(server: Server, path: string, config: string, isSecond = false): Promise<ServerDiagnostic[]> {
    const [project, found] = await Promise.all([server.project(path), server.diagnostics(path)]);
    if (project === config) return found;
    if (isSecond) throw new Error(`TypeScript's server has ${path} in the project "${project}".`);
    await server.diagnostics(this.#folder().path(SCRATCH));
    return this.#diagnostics(server, path, config, true);
  }

  /** These names may be anything. Whether one of them is new. */
  #declare(names: Iterable<string>): boolean {
    const unknown = [...names].filter(name => !this.#untyped.has(name));
    if (unknown.length === 0) return false;
    for (const name of unknown) this.#untyped.add(name);
    this.#write(MORE_GLOBALS, unknownGlobals(this.#untyped), FILE_CHANGE.changed);
    return true;
  }

  #source(name: string): string | undefined {
    const texts = this.#scope.definedIn(name).map(file => this.#texts.get(file) ?? "");
    return texts.map(text => statementOf(text, name)).find(found => found !== undefined);
  }

  #folder(): Mirror {
    if (this.#mirror === undefined) {
      this.#mirror = createMirror(this.#notebook, { entry: SCRATCH });
      this.#mirror.write(SCRATCH, "");
      this.#mirror.write(BARREL, this.#scope.barrel([]));
    }
    return this.#mirror;
  }

  #writeBarrel(): void {
    this.#write(BARREL, this.#scope.barrel(this.#unchecked), FILE_CHANGE.changed);
  }

  #write(file: string, text: string, type: FileChange["type"]): void {
    this.#folder().write(file, text);
    this.#changes.push({ path: this.#folder().path(file), type });
  }
}
