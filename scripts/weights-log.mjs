// The log of a training whose weights are stored: what was done when, with which error. It names no path of a machine.
import { appendFileSync, writeFileSync } from "node:fs";

/**
 * Opens a log and returns a function that writes a line to it and to the terminal, with date, time (UTC) and seconds.
 *
 * @param options `about` is the first line of a new log; with `resume` the lines that are there stay
 */
export function openLog(path, { about, resume = false }) {
  const start = performance.now();
  const write = line => {
    appendFileSync(path, `${line}\n`);
    console.log(line);
  };
  const log = line => {
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    write(`${new Date().toISOString().slice(0, 19).replace("T", " ")}  ${seconds.padStart(5)} s  ${line}`);
  };
  if (!resume) {
    writeFileSync(path, "");
    write(about);
  }
  log(`${resume ? "goes on" : "begins"}, Node ${process.versions.node}`);
  return log;
}
