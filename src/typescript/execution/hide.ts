/** Puts a name of the host on the global object, out of listings, and assignable by a cell that wants the name. */
export function hide(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
