import type { StreamContent } from "../protocol/index.ts";

type Name = StreamContent["name"];
/** Takes the content of a stream message, written as JSON. */
type Publish = (cellId: string, content: Uint8Array) => void;

/** ipykernel waits 200 ms; 40 keeps a progress line smooth and 100,000 lines within 20 messages. */
const QUIET_MS = 40;
/**
 * One message of more than this would make a front end stutter. Longer ones are also slower: while one is signed and sent,
 * the next is printed (10 MB took 85 ms of this process at 4 MB a message, 75 at 1 MB, 83 at 256 kB).
 */
const LONGEST = 1024 * 1024;

const END = Buffer.from('"}');

/** Gathers the text of stdout and stderr into few messages. What comes after a pause goes out at once. */
export class Streams {
  readonly #publish: Publish;
  #held: { cellId: string; name: Name; parts: Uint8Array[]; length: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  write(cellId: string, name: Name, text: string): void {
    // One line may be longer than the longest message.
    for (const piece of slices(text)) this.writeJson(cellId, name, Buffer.from(JSON.stringify(piece)).subarray(1, -1));
  }

  /** Text as JSON in UTF-8, without the quotes around it: of 10 MB a third of this process's time is to read and write it. */
  writeJson(cellId: string, name: Name, json: Uint8Array): void {
    if (this.#held !== undefined && (this.#held.cellId !== cellId || this.#held.name !== name)) this.flush();
    this.#held ??= { cellId, name, parts: [], length: 0 };
    this.#held.parts.push(json);
    this.#held.length += json.length;
    if (this.#timer === undefined) {
      this.flush();
      this.#timer = setTimeout(() => this.#pause(), QUIET_MS);
    } else if (this.#held.length > LONGEST) this.flush();
  }

  /** Publishes what is held; called before any other output, so that the order stays. */
  flush(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    const head = Buffer.from(`{"name":"${held.name}","text":"`);
    this.#publish(held.cellId, Buffer.concat([head, ...held.parts, END]));
  }

  #pause(): void {
    this.#timer = undefined;
    if (this.#held === undefined) return;
    this.flush();
    this.#timer = setTimeout(() => this.#pause(), QUIET_MS);
  }
}

/** Pieces of at most `LONGEST`, none of which ends in the middle of a character. */
function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const isSplit = text.length > at + LONGEST && isHighSurrogate(text.charCodeAt(at + LONGEST - 1));
    const end = at + LONGEST - (isSplit ? 1 : 0);
    yield text.slice(at, end);
    at = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
