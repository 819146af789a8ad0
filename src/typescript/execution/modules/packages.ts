import { type AbortSignal, Error, Map, type Promise, Set } from "../../intrinsics.ts";
import { undisturbed } from "../undisturbed.ts";
import type { Namespace } from "./asked_names.ts";

/**
 * Modules of packages and of node itself. Node keeps each by its address: also one that a stop has ended while it was
 * loaded, which would be waited for without end, or fail with no reason. That one is asked for by another address.
 */
export class Packages {
  readonly #stop: () => AbortSignal | undefined;
  readonly #loading = new Set<string>();
  /** How often an address was stopped while it was loaded. */
  readonly #stops = new Map<string, number>();
  /** By what an address that came was asked for. */
  readonly #whole = new Map<string, string>();

  constructor(stop: () => AbortSignal | undefined) {
    this.#stop = stop;
  }

  async load(address: string, options?: ImportCallOptions): Promise<Namespace> {
    const asked = undisturbed(() => this.#askedFor(address));
    // A module that waits when its cell is stopped (`await` at its top level) waits for ever.
    const stop = this.#stop();
    const stopped = () => this.#stopped(address);
    stop?.addEventListener("abort", stopped);
    this.#loading.add(address);
    try {
      const namespace = (await undisturbed(() => import(asked, options))) as Namespace;
      undisturbed(() => this.#whole.set(address, asked));
      return namespace;
    } catch (error) {
      throw error === null ? halfLoaded(address) : error;
    } finally {
      stop?.removeEventListener("abort", stopped);
      undisturbed(() => this.#loading.delete(address));
    }
  }

  /** To be called behind a termination: what was loading then does not come any more. */
  terminated(): void {
    for (const address of this.#loading) this.#stopped(address);
    this.#loading.clear();
  }

  #stopped(address: string): void {
    this.#stops.set(address, (this.#stops.get(address) ?? 0) + 1);
  }

  #askedFor(address: string): string {
    const whole = this.#whole.get(address);
    const stops = this.#stops.get(address);
    if (whole !== undefined || stops === undefined) return whole ?? address;
    return `${address}${address.includes("?") ? "&" : "?"}again=${stops}`;
  }
}

/** For what a termination leaves in the place of an error, `null`: of the module, or of one below it. */
export function halfLoaded(module: string): Error {
  return new Error(`${module} was stopped while it was loaded, and Node keeps half of it: restart the kernel.`);
}
