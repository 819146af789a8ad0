import type { Message } from "../protocol/index.ts";

interface Asked {
  resolve: (message: Message) => void;
  reject: (why: Error) => void;
  onIopub: ((message: Message) => void) | undefined;
  onLost: ((why: Error) => void) | undefined;
  answered: boolean;
}

/** Outputs that come after their cell has ended are heard for so many answered requests; older ones are forgotten. */
const ANSWERED_KEPT = 100;

/** The requests of one client: those that wait for their reply, and the last of those that have it. */
export class Requests {
  readonly #asked = new Map<string, Asked>();
  #lost: Error | undefined;

  /** How many requests are remembered. */
  get size(): number {
    return this.#asked.size;
  }

  /**
   * Takes in the request `id`; the promise is its reply.
   *
   * @param onIopub hears what the request publishes, some of it after the reply
   * @param onLost is called where no more will come: the kernel is gone, or the connection failed
   */
  add(id: string, onIopub?: Asked["onIopub"], onLost?: Asked["onLost"]): Promise<Message> {
    const reply = new Promise<Message>((resolve, reject) => {
      if (this.#lost) reject(this.#lost);
      else this.#asked.set(id, { resolve, reject, onIopub, onLost, answered: false });
    });
    // Whoever waits for the reply hears the failure; a request that nobody waits for ends no process by it.
    reply.catch(() => {});
    return reply;
  }

  replied(message: Message): void {
    const id = parentOf(message);
    const asked = this.#asked.get(id);
    if (asked === undefined) return;
    asked.resolve(message);
    asked.answered = true;
    this.#asked.delete(id);
    if (asked.onIopub === undefined) return;
    this.#asked.set(id, asked); // behind all older ones
    this.#forgetOldest();
  }

  published(message: Message): void {
    const asked = this.#asked.get(parentOf(message));
    try {
      asked?.onIopub?.(message);
    } catch (error) {
      asked?.reject(error as Error);
      asked?.onLost?.(error as Error);
    }
  }

  /** Fails all that waits, and whatever is asked from now on. */
  fail(why: Error): void {
    this.#lost ??= why;
    const all = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject, onLost } of all) {
      reject(why);
      onLost?.(why);
    }
  }

  /** Forgets all that waits. */
  clear(): void {
    this.#asked.clear();
  }

  #forgetOldest(): void {
    const answered = [...this.#asked].filter(([, asked]) => asked.answered);
    for (const [id] of answered.slice(0, -ANSWERED_KEPT)) this.#asked.delete(id);
  }
}

function parentOf({ parent_header }: Message): string {
  return (parent_header as { msg_id?: string }).msg_id ?? "";
}
