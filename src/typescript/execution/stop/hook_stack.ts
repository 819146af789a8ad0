import { asyncBinding } from "../async_binding.ts";

/**
 * Node's stack of what runs asynchronously. Its JavaScript leaves it in a `finally`, and a termination passes by each
 * `finally`. Once a hook of `async_hooks` is enabled (an `AsyncLocalStorage` enables them until Node 24) node aborts over
 * what is left there, at the end of the very callback that was stopped: nothing of ours runs in between.
 */
export interface HookStack {
  /** To be called before a termination: empties the stack, and node looks away. */
  loosen(): void;
  /** To be called in a turn behind it: what was put there meanwhile is gone, and node looks again. */
  mend(): void;
}

export function createHookStack(): HookStack {
  const binding = asyncBinding();
  if (binding === undefined) return { loosen: () => {}, mend: () => {} };
  const { async_hook_fields: fields, constants } = binding;
  const { kTotals, kCheck } = constants;
  const read = (at: number) => fields[at] ?? 0;
  let checks = 0;
  return {
    loosen: () => {
      if (read(kTotals) === 0 && read(kCheck) === 0) return;
      // A second one may come before the first is mended.
      checks += read(kCheck);
      fields[kTotals] = 0;
      fields[kCheck] = 0;
      binding.clearAsyncIdStack();
    },
    mend: () => {
      // Added, since hooks may have been enabled meanwhile.
      fields[kCheck] = read(kCheck) + checks;
      checks = 0;
      // As node does: how many hooks there are of each kind, which stand before it.
      let hooks = 0;
      // Not by a method, which a cell may have taken away: nothing of the kernel's calls this.
      for (let kind = 0; kind < kTotals; kind++) hooks += read(kind);
      fields[kTotals] = hooks;
      // Also without a hook: one that is enabled later would meet what was left.
      binding.clearAsyncIdStack();
    },
  };
}
