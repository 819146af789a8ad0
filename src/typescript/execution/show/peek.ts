import { Reflect } from "../../intrinsics.ts";

/**
 * A property of any value, as far as it can be had without harm: a getter of its own is not run (it may load a file),
 * and one that throws, like a proxy that refuses or is revoked, gives undefined.
 */
export function peek(value: object, key: string | symbol): unknown {
  try {
    const own = Reflect.getOwnPropertyDescriptor(value, key);
    return own?.get === undefined ? (value as Record<string | symbol, unknown>)[key] : undefined;
  } catch (_refused) {
    return undefined;
  }
}
