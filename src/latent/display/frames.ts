import { hostKernel, type MimeBundle } from "./host.ts";

/** As much of danfojs' DataFrame or Series as is shown. */
export interface DataFrameLike {
  columns: string[];
  /** Rows of cells; of a Series the cells. */
  values: unknown[];
  index: (string | number)[];
  dtypes: string[];
}

type Show = (frame: DataFrameLike) => MimeBundle;

let shown: Show | undefined;

/**
 * Data frames are shown so from here on: by `show()`, and as the last expression of a cell where the kernel asks the library.
 * Nothing of danfojs is loaded for it, and a notebook may have its own copy.
 */
export function showFrames(show: Show): void {
  shown = show;
  const kernel = hostKernel();
  if (kernel !== undefined) kernel.frameBundle = show as (frame: object) => MimeBundle;
}

/** What is shown of a data frame; undefined of any other value. */
export function frameBundle(value: object): MimeBundle | undefined {
  return isFrame(value) ? shown?.(value) : undefined;
}

/** Told by shape and not by class: danfojs keeps the cells of its frames under `$data`. */
function isFrame(value: object): value is DataFrameLike {
  if (!("$data" in value)) return false;
  return ["values", "columns", "index", "dtypes"].every(key => Array.isArray((value as Record<string, unknown>)[key]));
}
