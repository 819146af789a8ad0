/** Runs our kernel until it is told to leave. Loads nothing that a first answer does not need. */
import { readFileSync } from "node:fs";
import { TypeScriptInterpreter } from "../typescript/index.ts";

const file = process.argv[2];
if (file === undefined) {
  console.error("Usage: node kernel.js <connection file>. Jupyter calls this by the kernelspec; see README.md.");
  process.exit(2);
}
// Whoever has it runs anything as this user, in any kernel: no cell and no program of a cell needs it.
delete process.env.JUPYTER_TOKEN;
const interpreter = new TypeScriptInterpreter();
// The process that runs cells starts while this one loads its sockets: the first cell waits 60 ms less.
interpreter.prepare();
const { historyFolder, parseConnection, startKernel, stopRunning, watchParent } = await import("../kernel/index.ts");
const connection = parseConnection(readFileSync(file, "utf8"));
const { kernel, gone } = await startKernel(connection, interpreter, { historyFolder: historyFolder() });
watchParent(() => void kernel.leave());
process.on("SIGINT", () => stopRunning(kernel));
process.on("SIGTERM", () => void kernel.leave());
await gone;
process.exit(0);
