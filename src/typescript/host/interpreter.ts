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
} from "../../interpreter/index.ts";
import { languageInfo } from "./language_info.ts";
import { Runner } from "./runner.ts";

/** TypeScript as a language of the kernel: cells run in a process of their own, which may die without harm. */
export class TypeScriptInterpreter implements Interpreter {
  readonly languageInfo: LanguageInfo = languageInfo;
  readonly banner: string = `TypeScript on Node ${process.versions.node} (Latent)`;
  #runner: Runner | undefined;

  start(host: Host): void {
    this.#runner = new Runner(host);
  }

  execute(cell: Cell): Promise<Outcome> {
    if (this.#runner === undefined) throw new Error("The interpreter was not started.");
    return this.#runner.run(cell);
  }

  interrupt(): void {
    this.#runner?.interrupt();
  }

  async comm(requestId: string, message: CommMessage): Promise<void> {
    await this.#runner?.comm(requestId, message);
  }

  async isComplete(code: string): Promise<Completeness> {
    // The parser is not on the way to the first answer: it is loaded when a console asks.
    const { completeness } = await import("../cell/completeness.ts");
    return completeness(code);
  }

  async complete(_code: string, offset: number): Promise<Completions> {
    return { matches: [], start: offset, end: offset };
  }

  async inspect(_code: string, _offset: number, _detail: 0 | 1): Promise<MimeBundle | undefined> {
    return undefined;
  }

  async stop(): Promise<void> {
    await this.#runner?.stop();
  }
}
