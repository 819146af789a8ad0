/** The names that a compiled cell calls; the execution process puts them on its global object, hidden from listings. */
export const HOST = {
  /**
   * `$$import("m")` resolves as `import("m")` would in the notebook's folder. `$$import("m",{},["a"],["b"])` is a static
   * import of names: `a` must be there, and `b`, which the cell does not use, unless it is a type.
   */
  import: "$$import",
  /** `$$resumed($$alive($$paused(),await x)||await $$never())`: an `await` of a cell that was stopped does not come back. */
  paused: "$$paused",
  alive: "$$alive",
  resumed: "$$resumed",
  /** `$$named("f",f)`: the function, called as the author called it. */
  named: "$$named",
  /** `$$use(r)`, `$$use(r,true)`: a resource of the cell's own `using` or `await using`, disposed of at its end. */
  use: "$$use",
  /** `$$caught(e)`: V8's message of a caught error is in the author's names. */
  caught: "$$caught",
  /** `throw $$thrown(x)`: x, and where it was thrown, which it cannot say itself if it is no error. */
  thrown: "$$thrown",
  /** `eval($$evaluable(["a"],x))`: the text with the names of cells as they are compiled, but for `a`. */
  evaluable: "$$evaluable",
  never: "$$never",
  /** `p.then($$owned(f))`: nor does a callback. */
  owned: "$$owned",
} as const;
