import type {
  Cell,
  CommMessage,
  Completeness,
  Completions,
  Host,
  Interpreter,
  LanguageInfo,
  Memory,
  MimeBundle,
  Outcome,
} from "../../interpreter/index.ts";
import { interruption } from "../interruption.ts";
import type { Types } from "../language/index.ts";
import { languageInfo } from "./language_info.ts";
import { Runner } from "./runner.ts";

/** TypeScript as a language of the kernel: cells run in a process of their own, which may die without harm. */
export class TypeScriptInterpreter implements Interpreter {
  readonly languageInfo: LanguageInfo = languageInfo;
  readonly banner: string = `TypeScript on Node ${process.versions.node} (Latent)`;
  #runner: Runner | undefined;
  #host: Host | undefined;
  /** What came before there was a host. */
  readonly #unheard: ((host: Host) => void)[] = [];
  #types: Promise<Types> | undefined;
  /** Set while a cell waits for its types before it runs. */
  #preparing: { stopped: boolean } | undefined;

  /** Begins to start the process that runs cells before there is a host; what it says meanwhile is kept for the host. */
  prepare(): void {
    const whenHosted = (action: (host: Host) => void) => {
      if (this.#host === undefined) this.#unheard.push(action);
      else action(this.#host);
    };
    this.#runner ??= new Runner({
      output: (cellId, output) => whenHosted(host => host.output(cellId, output)),
      input: async (cellId, prompt, password) => this.#host?.input(cellId, prompt, password),
      lost: cellId => {
        whenHosted(host => host.lost(cellId));
        void this.#types?.then(types => types.forget());
      },
    });
  }

  start(host: Host): void {
    this.prepare();
    this.#host = host;
    for (const action of this.#unheard.splice(0)) action(host);
  }

  async execute(cell: Cell): Promise<Outcome> {
    if (this.#runner === undefined) throw new Error("The interpreter was not started.");
    this.#preparing = { stopped: false };
    const types = await this.#loadTypes();
    const refused = await types.began(cell.code);
    const { stopped } = this.#preparing;
    this.#preparing = undefined;
    const outcome = stopped ? interruption() : (refused ?? (await this.#runner.run(cell)));
    types.ended(cell, outcome);
    return outcome;
  }

  interrupt(): void {
    if (this.#preparing === undefined) this.#runner?.interrupt();
    else this.#preparing.stopped = true;
  }

  async comm(requestId: string, message: CommMessage): Promise<void> {
    await this.#runner?.comm(requestId, message);
  }

  get memory(): Memory | undefined {
    return this.#runner?.memory;
  }

  get processorMs(): number | undefined {
    return this.#runner?.processorMs;
  }

  async isComplete(code: string): Promise<Completeness> {
    // The parser is not on the way to the first answer: it is loaded when a console asks.
    const { completeness } = await import("../cell/completeness.ts");
    return completeness(code);
  }

  async complete(code: string, offset: number): Promise<Completions> {
    return (await this.#loadTypes()).complete(code, offset);
  }

  async inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined> {
    return (await this.#loadTypes()).inspect(code, offset, detail);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#runner?.stop(), this.#types?.then(types => types.stop())]);
  }

  /** Not on the way to the first answer either: loaded while the first cell waits for its process. */
  #loadTypes(): Promise<Types> {
    this.#types ??= import("../language/index.ts").then(
      ({ Types }) => new Types(process.cwd(), (cellId, output) => this.#host?.output(cellId, output)),
    );
    return this.#types;
  }
}
