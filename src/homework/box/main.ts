/**
 * What runs in the sandbox: it holds the student's names, runs cells, and answers what a name's value is and what a call gives.
 * It knows no test. Whatever the student's code does to this process, it can only give other values.
 */
import { read, readSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { CellFailed, Cells } from "./cells.ts";
import { FrameReader, toBytes } from "./frames.ts";
import { lazyLibrary, loadedLibrary, loadLibrary } from "./library.ts";
import { type Answer, CALLBACKS, type Called, REQUESTS, type Request, STARTED } from "./messages.ts";
import { fromFrame, isPlain, type Side, toFrame } from "./values.ts";

type Tensor = InstanceType<ReturnType<typeof loadLibrary>["tf"]["Tensor"]>;
type Callable = (...args: unknown[]) => unknown;

const MOST_MESSAGE = 2000;
const CHUNK = 65536;

const require = createRequire(import.meta.url);
/** What stays here and is known to the judge by its number. */
const kept: unknown[] = [];
/** The request that runs: a callback belongs to it. */
let current = STARTED;

const side: Side = {
  send(value, put) {
    const library = loadedLibrary();
    if (library !== undefined && value instanceof library.tf.Tensor) {
      const { dtype, shape } = value as Tensor;
      return { $: "tensor", dtype, shape: [...shape], values: put((value as Tensor).dataSync() as Float32Array) };
    }
    if (typeof value !== "function" && isPlain(value as object)) return undefined;
    kept.push(value);
    return { $: "handle", kind: typeof value, number: kept.length - 1 };
  },
  receive(form, receive) {
    if (form.$ === "handle") return kept[Number(form.number)];
    if (form.$ === "callback") return callback(Number(form.number));
    if (form.$ !== "tensor") throw new TypeError(`no value is a ${form.$}`);
    return loadLibrary().tf.tensor(
      receive(form.values) as Float32Array,
      form.shape as number[],
      form.dtype as "float32",
    );
  },
};

const cells = new Cells(async specifier => {
  if (specifier === "latent") return lazyLibrary;
  // As a cell sees it: what the installation has.
  return await import(specifier.startsWith("node:") ? specifier : require.resolve(specifier));
});

/** A function of a test, as the student's code gets it: it calls the judge and waits. */
function callback(number: number): Callable {
  return (...args) => {
    say({ id: current, calls: number, args });
    const called = fromFrame(readAnswer(), side) as Called;
    if (!("error" in called)) return called.value;
    throw Object.assign(new Error(called.error.message), { name: called.error.name });
  };
}

function readAnswer() {
  const reader = new FrameReader();
  const chunk = Buffer.alloc(CHUNK);
  for (;;) {
    const length = readSync(CALLBACKS, chunk);
    if (length === 0) process.exit(); // the judge has gone
    const [frame] = reader.take(Buffer.from(chunk.subarray(0, length)));
    if (frame !== undefined) return frame;
  }
}

function say(answer: Answer): void {
  const bytes = toBytes(toFrame(answer, side));
  for (let done = 0; done < bytes.length; ) done += writeSync(REQUESTS, bytes, done);
}

async function answer(request: Request): Promise<unknown> {
  switch (request.do) {
    case "run":
      await cells.run(request.code, request.name);
      return undefined;
    case "get":
      return await cells.run(request.name, "name");
    case "property": {
      const owner = kept[request.handle] as Record<string, unknown>;
      const value = owner[request.name];
      return typeof value === "function" ? value.bind(owner) : value;
    }
    case "call":
      return await Reflect.apply(kept[request.handle] as Callable, undefined, request.args);
    case "construct":
      return Reflect.construct(kept[request.handle] as new () => unknown, request.args);
  }
}

async function take(request: Request): Promise<void> {
  current = request.id;
  let said: Answer;
  try {
    said = { id: request.id, value: await answer(request) };
    say(said);
  } catch (error) {
    say({ id: request.id, error: described(error) });
  }
}

function described(error: unknown): { name: string; message: string; line?: number } {
  const thrown = error instanceof CellFailed ? error.thrown : error;
  const { name, message } = (thrown ?? {}) as { name?: unknown; message?: unknown };
  const said = { name: String(name ?? "Error"), message: String(message ?? thrown).slice(0, MOST_MESSAGE) };
  return error instanceof CellFailed ? { ...said, line: error.line } : said;
}

/** Reads on without a socket, whose descriptor would no longer wait where a callback has to. */
function listen(reader: FrameReader, chunk: Buffer): void {
  read(REQUESTS, chunk, 0, chunk.length, null, (error, length) => {
    if (error || length === 0) process.exit();
    const frames = reader.take(Buffer.from(chunk.subarray(0, length)));
    void handle(frames).then(() => listen(reader, chunk));
  });
}

async function handle(frames: ReturnType<FrameReader["take"]>): Promise<void> {
  for (const frame of frames) {
    await take(fromFrame(frame, side) as Request);
  }
}

// What a student leaves unhandled belongs to no question.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});
// A cell that waits for what never comes is stopped at its limit; without this the process would leave by itself.
setInterval(() => {}, 2 ** 30);
say({ id: STARTED, value: undefined });
listen(new FrameReader(), Buffer.alloc(CHUNK));
