import { spawn } from "node:child_process";
import { BootstrapFailure } from "./failure.mjs";
import { root } from "./root.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a program to its end; an interruption is one only when the program has ended, so that it writes no more. */
export function runQuietly(program, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout.on("data", chunk => chunks.push(chunk));
    child.stderr.on("data", chunk => chunks.push(chunk));
    let interrupted = false;
    // Not once: Ctrl-C comes from the terminal and from npm, and the second must not cut the tidying short.
    const interrupt = () => {
      interrupted = true;
      child.kill("SIGTERM");
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
    const settle = () => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    };
    child.on("error", error => {
      settle();
      reject(new BootstrapFailure(`"${program}" could not be started (${error.message}): install npm and try again.`));
    });
    child.on("close", code => {
      settle();
      if (interrupted) reject(new BootstrapFailure("Interrupted; nothing was left half-done.", 130));
      else resolve({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}
