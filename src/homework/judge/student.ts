import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { exercise, tf } from "../../latent/index.ts";
import type { Frame } from "../box/frames.ts";
import { type Answer, type Called, type Request, STARTED } from "../box/messages.ts";
import { type Form, fromFrame, isPlain, type Side, toFrame } from "../box/values.ts";
import type { Layers } from "../sandbox/layers.ts";
import type { Outcome } from "./box.ts";
import type { Order, Report } from "./talker.ts";

/** The box has ended: the student's code left, or was stopped. The message says why. */
export class StudentStopped extends Error {
  override readonly name = "StudentStopped";
}

/** The box could not be started: a failure of the grader, never of a student. */
export class BoxFailed extends Error {
  override readonly name = "BoxFailed";
}

/** What the student's code threw. */
export class StudentError extends Error {
  override readonly name: string;
  /** The line of the compiled cell, where a cell threw. */
  readonly line: number | undefined;

  constructor({ name, message, line }: { name: string; message: string; line?: number }) {
    super(message);
    this.name = name;
    this.line = line;
  }
}

// A request without its number.
type Asked = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;

const ATTEMPTS = 4;

/**
 * The student's names as a test sees them: values are copies, functions are called in the box. Calls are synchronous: this
 * thread waits while another one talks.
 */
export class Student {
  /** Computing time, ms, that is left for what is asked next. */
  left = 0;
  /** Whether the box has ended since it was fresh. */
  stopped = false;
  /** What the student's code has printed. */
  printed = "";
  readonly #port: MessagePort;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  #callbacks: ((...args: unknown[]) => unknown)[] = [];
  #handles = new WeakMap<object, number>();
  #id = STARTED;
  readonly #side: Side = {
    send: (value, put) => this.#send(value, put),
    receive: (form, receive) => this.#receive(form, receive),
  };

  constructor(layers: Layers) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData = { port: port2, flag: this.#flag, layers };
    this.#worker = new Worker(new URL("./talker.js", import.meta.url), { workerData, transferList: [port2] });
    this.#worker.unref();
  }

  /**
   * Takes a box in which nothing has run yet.
   *
   * @throws BoxFailed when none can be started
   */
  fresh(): void {
    this.stopped = false;
    this.#callbacks = [];
    this.#handles = new WeakMap();
    let report = this.#order({ order: "fresh" });
    for (let attempt = 1; "ended" in report && attempt < ATTEMPTS; attempt++) report = this.#order({ order: "fresh" });
    if ("ended" in report)
      throw new BoxFailed(`The sandbox could not be started: ${report.ended}\n${this.printed}`.trim());
  }

  /** @throws StudentError or StudentStopped */
  run(code: string, name: string): void {
    this.#ask({ do: "run", code, name });
  }

  /** The value of a name, or undefined where no cell has declared it. */
  get(name: string): unknown {
    return this.#ask({ do: "get", name: `typeof ${name} === "undefined" ? undefined : ${name}` });
  }

  close(): void {
    this.#order({ order: "end" });
  }

  #ask(asked: Asked): unknown {
    const id = ++this.#id;
    let callback = false;
    let frame = toFrame({ ...asked, id }, this.#side);
    for (;;) {
      const answer = this.#answer(frame, callback);
      if (answer.id !== id) throw this.#forged();
      if ("error" in answer) throw thrown(answer.error);
      if (!("calls" in answer)) return answer.value;
      frame = toFrame(this.#called(answer.calls, answer.args), this.#side);
      callback = true;
    }
  }

  #answer(frame: Frame, callback: boolean): Answer {
    const report = this.#order({ order: "ask", frame, limit: this.left, callback });
    if ("ended" in report) throw this.#stopped(report.ended);
    this.left = Math.max(this.left - report.spent, 1);
    const bytes = Buffer.from(report.frame.bytes); // a view of the bytes, which a message port hands over as plain ones
    try {
      return fromFrame({ json: report.frame.json, bytes }, this.#side) as Answer;
    } catch {
      // Whatever is wrong with it, only code that writes on the grader's pipe sends such a frame.
      throw this.#forged();
    }
  }

  #forged(): StudentStopped {
    this.#order({ order: "drop" });
    return this.#stopped("it wrote an unexpected message on the grader's pipe");
  }

  #stopped(why: string): StudentStopped {
    this.stopped = true;
    return new StudentStopped(why);
  }

  #called(number: number, args: unknown[]): Called {
    try {
      const value = this.#callbacks[number]?.(...args);
      return { value };
    } catch (error) {
      return { error: { name: (error as Error).name, message: (error as Error).message } };
    }
  }

  #order(order: Order): Outcome {
    Atomics.store(this.#flag, 0, 0);
    this.#port.postMessage(order);
    Atomics.wait(this.#flag, 0, 0);
    const report = receiveMessageOnPort(this.#port)?.message as Report;
    if ("failed" in report) throw new BoxFailed(report.failed);
    this.printed = report.printed;
    return report;
  }

  #send(value: unknown, put: (view: ArrayBufferView) => unknown): Form | undefined {
    if (value instanceof tf.Tensor) {
      const { dtype, shape } = value;
      return { $: "tensor", dtype, shape: [...shape], values: put(value.dataSync()) };
    }
    const number = this.#handles.get(value as object);
    if (number !== undefined) return { $: "handle", number };
    if (typeof value === "function") {
      this.#callbacks.push(value as (...args: unknown[]) => unknown);
      return { $: "callback", number: this.#callbacks.length - 1 };
    }
    if (isPlain(value as object)) return undefined;
    throw new TypeError(
      "A test gives numbers, strings, lists, plain objects, tensors and functions to a student's function.",
    );
  }

  #receive(form: Form, receive: (sent: unknown) => unknown): unknown {
    if (form.$ === "tensor") return tensorOf(form, receive);
    if (form.$ === "handle") return this.#handle(Number(form.number), form.kind === "function");
    throw new TypeError(`no value is a ${form.$}`);
  }

  /** Stands for a function or an instance in the box. */
  #handle(handle: number, isFunction: boolean): unknown {
    const proxy = new Proxy(isFunction ? function student() {} : {}, {
      apply: (_target, _self, args) => this.#ask({ do: "call", handle, args }),
      construct: (_target, args) => this.#ask({ do: "construct", handle, args }) as object,
      get: (_target, name) =>
        typeof name === "symbol" || name === "then" ? undefined : this.#ask({ do: "property", handle, name }),
      has: () => false,
    });
    this.#handles.set(proxy, handle);
    return proxy;
  }
}

function thrown(error: { name: string; message: string; line?: number }): Error {
  return error.name === "NotTried" ? new exercise.NotTried(error.message) : new StudentError(error);
}

const DTYPES: readonly unknown[] = ["float32", "int32", "bool"];

function tensorOf({ values, shape, dtype }: Form, receive: (sent: unknown) => unknown): unknown {
  if (!DTYPES.includes(dtype) || !Array.isArray(shape)) throw new TypeError("no such tensor");
  return tf.tensor(receive(values) as Float32Array, shape.map(Number), dtype as "float32");
}
