import { createRequire } from "node:module";
import type { Interface } from "node:readline";
import type { Readable } from "node:stream";
import { Error, Object, Promise, process, String } from "../intrinsics.ts";
import { ask } from "./ask.ts";
import type { Execution } from "./state.ts";
import { originsOnStack } from "./stop/origins.ts";

const REASON = 'A cell cannot read standard input: ask with prompt("…"), or with the question() of node:readline.';

/** Who listens for one of these would wait for ever. */
const READS = ["data", "readable", "end"];
/** The file of node's that a readline interface is made in. */
const READLINE = "node:internal/readline/interface";

type Listen = (this: unknown, event: string | symbol, listener: unknown) => unknown;
type Question = (this: Interface, query: string, ...rest: unknown[]) => unknown;

/**
 * A cell has no terminal. `question` of readline becomes a question of the front end, like `prompt`; who reads in another
 * way gets an error. Made when a cell first asks for `process.stdin`: readline is not loaded before.
 */
export function provideStdin(execution: Execution): void {
  let stdin: Readable | undefined;
  const get = () => {
    if (stdin === undefined) {
      stdin = createStdin();
      askInReadline(execution, stdin);
    }
    return stdin;
  };
  Object.defineProperty(process, "stdin", { get, configurable: true, enumerable: true });
}

function createStdin(): Readable {
  const { Readable } = createRequire(import.meta.url)("node:stream") as typeof import("node:stream");
  const stdin = Object.assign(new Readable({ read() {} }), { fd: 0 });
  // A readline interface listens as soon as it is made, also one that only asks.
  refuse(
    stdin,
    event => READS.includes(String(event)) && !originsOnStack().some(origin => origin.startsWith(READLINE)),
  );
  return stdin;
}

function askInReadline(execution: Execution, stdin: Readable): void {
  const require = createRequire(import.meta.url);
  const isOurs = (asked: Interface) => (asked as unknown as { input: unknown }).input === stdin;
  const { prototype } = (require("node:readline") as typeof import("node:readline")).Interface;
  const plain = prototype.question as Question;
  replaceQuestion(prototype, function question(query, ...rest) {
    const answered = rest.at(-1);
    if (!isOurs(this) || isClosed(this) || typeof answered !== "function") return plain.call(this, query, ...rest);
    process.nextTick(answered, ask(execution, query, false));
    return undefined;
  });
  const { prototype: promises } = (require("node:readline/promises") as typeof import("node:readline/promises"))
    .Interface;
  const plainPromise = promises.question as unknown as Question;
  replaceQuestion(promises, function question(query, ...rest) {
    if (!isOurs(this) || isClosed(this)) return plainPromise.call(this, query, ...rest);
    return new Promise(resolve => resolve(ask(execution, query, false)));
  });
  for (const each of [prototype, promises])
    refuse(each, function isLine(this: unknown, event) {
      return event === "line" && isOurs(this as Interface);
    });
}

function replaceQuestion(prototype: object, question: Question): void {
  const before = Object.getOwnPropertyDescriptor(prototype, "question");
  // promisify.custom stays: it calls the method.
  Object.defineProperties(question, Object.getOwnPropertyDescriptors(before?.value ?? {}));
  Object.defineProperty(prototype, "question", { ...before, value: question });
}

function isClosed(asked: Interface): boolean {
  return (asked as unknown as { closed?: boolean }).closed === true;
}

/** Listening for what never comes is an error. */
function refuse(emitter: object, isRefused: (this: unknown, event: string | symbol) => boolean): void {
  const plain = (emitter as { on: Listen }).on;
  const on: Listen = function on(event, listener) {
    if (isRefused.call(this, event)) throw new Error(REASON);
    return plain.call(this, event, listener);
  };
  for (const name of ["on", "addListener"])
    Object.defineProperty(emitter, name, { value: on, writable: true, configurable: true, enumerable: false });
}
