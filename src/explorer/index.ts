import { code } from "./code.ts";
import { compare } from "./compare.ts";
import { explorerOf } from "./explorer.ts";
import type { Rendering } from "./frame.ts";
import { gibbs } from "./gibbs.ts";
import { type Extent, plane as planeOf } from "./plane.ts";
import { sphere as sphereOf } from "./sphere.ts";
import { table } from "./table.ts";

/** The explorers, in a notebook as anywidgets, on a page without a kernel with {@link plainModel}. */
export { plainModel } from "./model.ts";
export { code, compare, gibbs, table };
export const plane: Rendering = /* @__PURE__ */ explorerOf((model, points) =>
  planeOf(model.get("extent") as Extent, points),
);
export const sphere: Rendering = /* @__PURE__ */ explorerOf((_, points) => sphereOf(points));
