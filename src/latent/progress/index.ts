/** How long work shows itself below its cell: trainings, loops, downloads have one look. */
export { brief, look, type Standing } from "./look.ts";
export { Place } from "./place.ts";
