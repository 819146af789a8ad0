import { Error, Map, type Promise, Set } from "../../intrinsics.ts";
import { undisturbed } from "../undisturbed.ts";
import type { Namespace } from "./asked_names.ts";

/**
 * Modules of packages and of node itself. Node keeps each by its address: also one that a stop has ended while it was
 * loaded, which would be waited for without end, or fail with no reason. That one is asked for by another address.
 */
export class Packages {
  readonly #loading = new Set<string>();
  /** How often an address was stopped while it was loaded. */
  readonly #stops = new Map<string, number>();

  async load(address: string, options?: ImportCallOptions): Promise<Namespace> {
    const asked = this.#askedFor(address);
    this.#loading.add(address);
    try {
      return (await undisturbed(() => import(asked, options))) as Namespace;
    } catch (error) {
      // What a termination leaves in the place of an error, for a module below this one as well.
      if (error !== null) throw error;
      throw new Error(`${address} was stopped while it was loaded, and Node keeps half of it: restart the kernel.`);
    } finally {
      undisturbed(() => this.#loading.delete(address));
    }
  }

  /** To be called behind a termination: what was loading then does not come any more. */
  terminated(): void {
    for (const address of this.#loading) this.#stops.set(address, (this.#stops.get(address) ?? 0) + 1);
    this.#loading.clear();
  }

  #askedFor(address: string): string {
    return undisturbed(() => {
      const stops = this.#stops.get(address);
      return stops === undefined ? address : `${address}${address.includes("?") ? "&" : "?"}again=${stops}`;
    });
  }
}
