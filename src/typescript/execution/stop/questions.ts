/**
 * How a stop reaches the main thread. The side thread asks it, by an evaluation that V8 runs between any two steps,
 * what it is doing, and terminates it only where it runs code of the author's: a termination that arrives while nothing
 * runs ends whatever runs next, and that may be the kernel's own reading of a request (tried: cells were lost).
 *
 * | state    | the side thread asks | author's code on the stack | none                         |
 * | -------- | -------------------- | -------------------------- | ---------------------------- |
 * | none     | STOP                 | terminate -> coming        | the cell is over -> settling |
 * | coming   | STOPPED              | the cell is over -> settling                              |
 * | settling | AGAIN                | terminate -> coming        | settling again               |
 *
 * `settling` becomes `none` by itself in the next turn of the event loop, where the cell says that it is over. A loop
 * that keeps that turn from coming (an `abort` listener, microtasks of a library) meets AGAIN.
 */
export const STOP = "$$stop";
export const AGAIN = "$$again";
export const STOPPED = "$$stopped";
/**
 * What the side thread is told: terminate now; the cell is about to end; ask again as soon as the request that is on its
 * way may have been taken, or as the package that is loading may be there; there is nothing left to stop.
 */
export type Answer = "terminate" | "wait" | "later" | "loading" | "over";
