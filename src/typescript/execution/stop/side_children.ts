import { Map, process } from "../../intrinsics.ts";
import { readProc } from "../../proc.ts";
import { ownMark, type ProcessRow, processesOf, signal } from "../../processes.ts";

/** Which cell started a child that runs beside it. One that its cell waits for (`execSync`) is not among them. */
export type Starters = Map<number, string>;

export interface Interrupt {
  cell: string;
  isOver: boolean;
  /** The programs that were told, by their process. */
  heard: Map<number, string>;
}

/**
 * An interrupt is for the children as well, as Ctrl-C in a terminal is: for those that the main thread waits for and
 * those of the cell, but not for a server that an earlier cell has started. Without a cell it is for all. A child that
 * left the group (`detached`) wants none. One that has heard it may be about to tidy up. But what hears it between its fork
 * and its program's start is a copy of the shell that notes it for itself: the program, `sleep` in `sh -c`, never does.
 */
export function interruptChildren({ cell, isOver, heard }: Interrupt, starters: Starters): void {
  const rows = processesOf(process.pid, ownMark());
  const parents = new Map(rows.map(row => [row.pid, row.parent]));
  for (const { pid, group } of rows) {
    if (group !== process.pid) continue;
    const starter = starters.get(childAbove(pid, parents));
    // Once the cell is over, the next one may wait for a child.
    const isMeant = cell === "" || starter === cell || (starter === undefined && !isOver);
    if (!isMeant) continue;
    const program = readProc(`${pid}/cmdline`) ?? "";
    if (heard.get(pid) === program) continue;
    heard.set(pid, program);
    signal(pid, "SIGINT");
  }
}

/** The child of this process that `pid` comes from; itself where that has ended. */
function childAbove(pid: ProcessRow["pid"], parents: ReadonlyMap<number, number>): number {
  let at = pid;
  for (let above = parents.get(at); above !== undefined && parents.has(above); above = parents.get(at)) at = above;
  return at;
}
