import type {
  Cell,
  Completeness,
  Completions,
  Interpreter,
  LanguageInfo,
  MimeBundle,
  Outcome,
  OutputListener,
} from "./interpreter.ts";

/**
 * A toy language that proves the kernel without a compiler: `print x` writes x to stdout, `fail x` fails with x,
 * `wait` runs until it is interrupted, and anything else comes back as the result.
 */
export class EchoInterpreter implements Interpreter {
  readonly languageInfo: LanguageInfo = {
    name: "echo",
    version: "1",
    mimetype: "text/plain",
    file_extension: ".txt",
    pygments_lexer: "text",
    codemirror_mode: "text",
    nbconvert_exporter: "script",
  };
  readonly banner = "Echo";
  #listener: OutputListener = () => {};
  #interrupted: (() => void) | undefined;

  start(listener: OutputListener): void {
    this.#listener = listener;
  }

  async execute({ id, code }: Cell): Promise<Outcome> {
    const [, verb, text = ""] = /^(print|fail|wait)\s*(.*)$/s.exec(code) ?? [];
    if (verb === "fail") return { status: "error", ename: "EchoError", evalue: text, traceback: [text] };
    if (verb === "wait") {
      await new Promise<void>(resolve => {
        this.#interrupted = resolve;
      });
      return { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: ["KeyboardInterrupt"] };
    }
    if (verb === "print") this.#listener(id, { type: "stream", name: "stdout", text: `${text}\n` });
    else this.#listener(id, { type: "execute_result", data: { "text/plain": `> ${code}` }, metadata: {} });
    return { status: "ok" };
  }

  interrupt(): void {
    this.#interrupted?.();
  }

  async isComplete(code: string): Promise<Completeness> {
    return code.endsWith("\\") ? { status: "incomplete", indent: "" } : { status: "complete" };
  }

  async complete(code: string, offset: number): Promise<Completions> {
    const start = code.slice(0, offset).search(/\w*$/);
    const matches = ["print", "fail", "wait"].filter(verb => verb.startsWith(code.slice(start, offset)));
    return { matches: matches.map(text => ({ text, type: "keyword" })), start, end: offset };
  }

  async inspect(code: string): Promise<MimeBundle | undefined> {
    return code.startsWith("print") ? { "text/plain": "print x: writes x to stdout" } : undefined;
  }

  async stop(): Promise<void> {
    this.interrupt();
  }
}
