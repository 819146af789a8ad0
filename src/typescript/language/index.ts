/** What TypeScript itself knows of the cells: completion, inspection, type errors. Loaded when first needed. */
export { Types } from "./types.ts";
