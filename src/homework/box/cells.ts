import inspector from "node:inspector";
import { HOST } from "../../typescript/cell/host_names.ts";

/** What a cell threw, and the line of the compiled code where. */
export class CellFailed extends Error {
  override readonly name = "CellFailed";
  readonly thrown: unknown;
  readonly line: number;

  constructor(thrown: unknown, line: number) {
    super(String((thrown as Error | undefined)?.message ?? thrown));
    this.thrown = thrown;
    this.line = line;
  }
}

/**
 * Runs compiled cells in V8's REPL mode, as the kernel does: what one declares the next one has. There is no interrupt here,
 * so what the kernel needs for it (guarded awaits, owned callbacks) does nothing.
 */
export class Cells {
  readonly #session = new inspector.Session();

  constructor(load: (specifier: string) => Promise<unknown>) {
    this.#session.connect();
    let passing: unknown;
    const host: Record<(typeof HOST)[keyof typeof HOST], unknown> = {
      [HOST.import]: load,
      [HOST.paused]: () => 0,
      [HOST.alive]: (_: unknown, value: unknown) => {
        passing = value;
        return true;
      },
      [HOST.resumed]: () => passing,
      [HOST.never]: () => 0,
      [HOST.owned]: (given: unknown) => given,
      // biome-ignore lint/complexity/noBannedTypes: any function of the author's
      [HOST.named]: (name: string, value: Function) => Object.defineProperty(value, "name", { value: name }),
      [HOST.use]: (value: unknown) => value,
      [HOST.caught]: () => {},
      [HOST.thrown]: (value: unknown) => value,
      [HOST.evaluable]: (_: unknown, text: unknown) => text,
    };
    for (const [name, value] of Object.entries(host))
      Object.defineProperty(globalThis, name, { value, configurable: true });
  }

  /**
   * The value of a compiled cell or an expression.
   *
   * @throws CellFailed when it throws
   */
  async run(code: string, name: string): Promise<unknown> {
    const evaluated = await new Promise<inspector.Runtime.EvaluateReturnType>((resolve, reject) => {
      const expression = `${code}\n//# sourceURL=${name}`;
      this.#session.post("Runtime.evaluate", { expression, replMode: true, awaitPromise: true }, (error, result) =>
        error ? reject(error) : resolve(result as inspector.Runtime.EvaluateReturnType),
      );
    });
    const { exceptionDetails, result } = evaluated;
    if (exceptionDetails === undefined) return this.#valueOf(result);
    const { exception, lineNumber } = exceptionDetails;
    throw new CellFailed(exception && this.#valueOf(exception), lineNumber + 1);
  }

  /** The value itself of what the inspector only describes. */
  #valueOf(described: inspector.Runtime.RemoteObject): unknown {
    if (described.objectId === undefined)
      return described.unserializableValue === undefined ? described.value : Number(described.unserializableValue);
    let taken: unknown;
    const place = "$$taken";
    Object.defineProperty(globalThis, place, { configurable: true, set: value => (taken = value) });
    const functionDeclaration = `function () { globalThis.${place} = this; }`;
    // Answered before `post` returns.
    this.#session.post("Runtime.callFunctionOn", { objectId: described.objectId, functionDeclaration });
    this.#session.post("Runtime.releaseObject", { objectId: described.objectId });
    Reflect.deleteProperty(globalThis, place);
    return taken;
  }
}
