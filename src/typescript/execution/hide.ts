import { Object, realm } from "../intrinsics.ts";
import { undisturbed } from "./undisturbed.ts";

/** Puts a name of the host on the global object, out of listings, and assignable by a cell that wants the name. */
export function hide(name: string | symbol, value: unknown): void {
  undisturbed(() =>
    Object.defineProperty(realm, name, { value, writable: true, configurable: true, enumerable: false }),
  );
}
