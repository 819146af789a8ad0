import type {
  Cell,
  CommMessage,
  Completeness,
  Completions,
  Host,
  Interpreter,
  LanguageInfo,
  MimeBundle,
  Outcome,
  UserExpression,
} from "./interpreter.ts";

/**
 * A toy language that proves the kernel without a compiler: `print x` writes x to stdout, `fail x` fails with x,
 * `wait` runs until it is interrupted, `ask x` prompts with x and writes the answer, `late x` does so once it was
 * interrupted, and anything else comes back as the result.
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
  #host: Host | undefined;
  #interrupted: (() => void) | undefined;

  start(host: Host): void {
    this.#host = host;
  }

  async execute({ id, code, userExpressions }: Cell): Promise<Outcome> {
    const [, verb, text = ""] = /^(print|fail|wait|late|ask)\s*(.*)$/s.exec(code) ?? [];
    if (verb === "fail") return { status: "error", ename: "EchoError", evalue: text, traceback: [text] };
    if (verb === "late") {
      await this.#interruption();
      return this.#ask(id, text);
    }
    if (verb === "wait") {
      await this.#interruption();
      return { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: ["KeyboardInterrupt"] };
    }
    if (verb === "ask") return this.#ask(id, text);
    if (verb === "print") this.#host?.output(id, { type: "stream", name: "stdout", text: `${text}\n` });
    else this.#host?.output(id, { type: "execute_result", data: { "text/plain": `> ${code}` }, metadata: {} });
    return { status: "ok", userExpressions: this.#echoAll(userExpressions) };
  }

  #interruption(): Promise<void> {
    return new Promise(resolve => {
      this.#interrupted = resolve;
    });
  }

  async #ask(id: string, prompt: string): Promise<Outcome> {
    const answer = await this.#host?.input(id, prompt, false);
    if (answer === undefined) return { status: "error", ename: "NoInput", evalue: "nobody answers", traceback: [] };
    this.#host?.output(id, { type: "stream", name: "stdout", text: `${answer}\n` });
    return { status: "ok", userExpressions: {} };
  }

  #echoAll(expressions: Record<string, string>): Record<string, UserExpression> {
    const shown = (text: string): UserExpression => ({
      status: "ok",
      data: { "text/plain": `> ${text}` },
      metadata: {},
    });
    return Object.fromEntries(Object.entries(expressions).map(([name, text]) => [name, shown(text)]));
  }

  /** Sends each comm message back as it came. */
  async comm(requestId: string, message: CommMessage): Promise<void> {
    if (message.type === "comm_msg") this.#host?.output(requestId, message);
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
