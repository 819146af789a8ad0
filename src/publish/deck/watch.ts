import { watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** Programs save in several steps; what comes within this time is one save. */
const QUIET_MS = 200;

/**
 * Calls `again` after each save of a file, also where a program saves by renaming; one call at a time.
 *
 * @returns what ends the watch
 */
export function onSave(path: string, again: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const watcher = watch(dirname(resolve(path)), (_event, name) => {
    if (name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(again);
    }, QUIET_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
