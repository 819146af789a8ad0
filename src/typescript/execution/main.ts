/** Entry of the execution process: user code runs on this thread, everything else is elsewhere. */
import { startSideThread } from "./stop/side.ts";

// Started before anything else is loaded: the start of a thread takes as long as all the rest.
const side = startSideThread();
const { takeCells } = await import("./take_cells.ts");
takeCells(side);
