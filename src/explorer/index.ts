import { explorerOf, type Rendering } from "./explorer.ts";
import { type Extent, plane as planeOf } from "./plane.ts";
import { sphere as sphereOf } from "./sphere.ts";

/** The explorers, in a notebook as anywidgets, on a page without a kernel with {@link plainModel}. */
export { plainModel } from "./model.ts";
export const plane: Rendering = explorerOf((model, points) => planeOf(model.get("extent") as Extent, points));
export const sphere: Rendering = explorerOf((_, points) => sphereOf(points));
