import type { Mirror } from "./mirror.ts";
import { Server, ServerGone } from "./server.ts";

/** A question that ends two servers is not asked again. */
const ATTEMPTS = 2;
/** A server that dies so often without an answer between is not started again. */
const MOST_DEATHS = 6;

/**
 * Once it is quiet after so many questions the server is asked to collect: Go does that by itself only when its heap has
 * grown by half, so that 500 cells left 50 MB which nobody held.
 */
const MANY = 20;
const QUIET_MS = 1000;

/** One server of TypeScript's after another: the next is started when the one before died, or knows too little. */
export class Servers {
  readonly #executable: string | undefined;
  readonly #mirror: () => Mirror;
  readonly #opened: (server: Server) => void;
  /** Packages that a cell asked for in vain. */
  readonly #missing = new Set<string>();
  #server: Server | undefined;
  #deaths = 0;
  /** Questions since the server was last asked to collect. */
  #asked = 0;
  #quiet: NodeJS.Timeout | undefined;

  /** `opened` prepares a new server for its first question. */
  constructor(executable: string | undefined, mirror: () => Mirror, opened: (server: Server) => void) {
    this.#executable = executable;
    this.#mirror = mirror;
    this.#opened = opened;
  }

  /** Asks the server, and a new one where it died. Without one the answer is `none`: a cell runs all the same. */
  async ask<T>(none: T, question: (server: Server) => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const server = this.#live();
      if (server === undefined) break;
      try {
        const answer = await question(server);
        this.#deaths = 0;
        this.#collectLater();
        return answer;
      } catch (error) {
        if (error instanceof ServerGone) this.#deaths++;
        else {
          console.error("TypeScript could not answer:", error);
          return none;
        }
      }
    }
    return none;
  }

  /** These packages were not found; once they are there, a server that looks for them starts anew. */
  miss(packages: readonly string[]): void {
    for (const name of packages) this.#missing.add(name);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#quiet);
    await this.#server?.stop();
  }

  /** The process id of the server, where one runs. */
  get pid(): number | undefined {
    return this.#server?.alive ? this.#server.pid : undefined;
  }

  #collectLater(): void {
    clearTimeout(this.#quiet);
    if (++this.#asked < MANY) return;
    this.#quiet = setTimeout(() => {
      this.#asked = 0;
      void this.#server?.collect();
    }, QUIET_MS).unref();
  }

  #live(): Server | undefined {
    if (this.#executable === undefined || this.#deaths >= MOST_DEATHS) return undefined;
    const { folder, refresh, has } = this.#mirror();
    // What was looked for and not found stays so in the server's mind: after an `npm install` it starts anew.
    const installed = [...this.#missing].filter(has);
    for (const name of installed) this.#missing.delete(name);
    const isOutdated = refresh() || installed.length > 0;
    if (isOutdated && this.#server) void this.#server.stop();
    if (isOutdated || !this.#server?.alive) {
      this.#server = new Server(this.#executable, folder);
      this.#opened(this.#server);
    }
    return this.#server;
  }
}
