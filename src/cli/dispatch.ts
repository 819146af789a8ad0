import { CommandFailure, SetupFailure } from "../setup/index.ts";
import { type Around, UsageError } from "./verb.ts";
import { verbs } from "./verbs/index.ts";

const OFFLINE = "--offline";

/** Runs the verb that the arguments name, `start` where they name none; returns the exit code. */
export async function dispatch(args: readonly string[]): Promise<number> {
  const offline = args.includes(OFFLINE);
  // Of the kernels and notebooks that are started from here as well.
  if (offline) process.env.LATENT_OFFLINE = "1";
  return await runVerb(offline ? args.filter(argument => argument !== OFFLINE) : args, { offline });
}

async function runVerb(args: readonly string[], around: Around): Promise<number> {
  const [first = "start", ...rest] = args;
  if (first === "--help" || first === "-h") return await runVerb(["help"], around);
  if (first.startsWith("-")) return await runVerb(["start", ...args], around);
  try {
    const load = Object.hasOwn(verbs, first) ? verbs[first] : undefined;
    if (load === undefined) throw new UsageError(`There is no verb "${first}"; there are ${listOfVerbs()}.`);
    return await (await load()).run(rest, around);
  } catch (error) {
    return report(error);
  }
}

function listOfVerbs(): string {
  return Object.keys(verbs).join(", ");
}

export function report(error: unknown): number {
  if (isUsageError(error)) return say(`${error.message}\n"npm start -- help" lists what there is.`, 2);
  if (error instanceof Error && error.name === "AbortError")
    return say("Interrupted; nothing was left half-done.", 130);
  if (error instanceof SetupFailure) return say(`${causeOf(error)}${error.message} ${error.remedy}`, 1);
  if (error instanceof CommandFailure) return say(error.message, 1);
  if (!(error instanceof Error)) return say(String(error), 1);
  if ("code" in error && error.code === "ENOENT" && "path" in error) return say(`There is no ${error.path}.`, 1);
  // Others were phrased for a reader; a TypeError and its like was not foreseen, and its place is what helps.
  return say(UNFORESEEN.has(error.name) ? (error.stack ?? error.message) : error.message, 1);
}

const UNFORESEEN = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError", "URIError", "AssertionError"]);

// node:util's parseArgs throws plain errors that only their code tells apart.
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

function causeOf(error: Error): string {
  if (error.cause === undefined) return "";
  return `${error.cause instanceof Error ? error.cause.message : String(error.cause).trim()}\n`;
}

function say(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
