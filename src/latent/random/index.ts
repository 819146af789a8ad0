export type { Random } from "./random.ts";
export { seeded } from "./seeded.ts";
