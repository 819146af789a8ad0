import { Number, process, Reflect, type Uint32Array } from "../intrinsics.ts";

type Callback = (...args: unknown[]) => unknown;

/** The part of node's own `async_wrap` that the kernel uses. */
export interface AsyncBinding {
  setCallbackTrampoline(run: (id: number, resource: object, callback: Callback, ...args: unknown[]) => unknown): void;
  clearAsyncIdStack(): void;
  async_hook_fields: Uint32Array;
  constants: { kTotals: number; kCheck: number };
}

/** Node 24 and later have no way to it. The lines before are at their end, so it will not move there. */
export function asyncBinding(): AsyncBinding | undefined {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major >= 24) return undefined;
  const node = process as unknown as { noDeprecation?: boolean; binding(name: string): AsyncBinding };
  const before = Reflect.getOwnPropertyDescriptor(node, "noDeprecation");
  node.noDeprecation = true;
  const binding = node.binding("async_wrap");
  Reflect.deleteProperty(node, "noDeprecation");
  if (before !== undefined) Reflect.defineProperty(node, "noDeprecation", before);
  return binding;
}
