import { Reflect } from "../intrinsics.ts";

/** Where everybody finds something of the language or of node: its value, or undefined where there is none. */
export interface Place {
  holder: object;
  key: string | symbol;
  value: unknown;
}

export function valueOf({ holder, key }: Pick<Place, "holder" | "key">): unknown {
  try {
    return (holder as Record<string | symbol, unknown>)[key];
  } catch (_refused) {
    // A getter of the author's.
    return undefined;
  }
}

/** A descriptor inherits from nobody here: `Object.prototype.set = 1` would be part of it. */
export function put(holder: object, key: string | symbol, property: PropertyDescriptor | undefined): void {
  if (property === undefined) Reflect.deleteProperty(holder, key);
  else Reflect.defineProperty(holder, key, { ...property, __proto__: null } as PropertyDescriptor);
}
