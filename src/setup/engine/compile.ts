import { join } from "node:path";
import { command, tryCommand } from "../command.ts";
import { SetupFailure } from "../failure.ts";
import type { Machine } from "./machine.ts";

export interface Compilation {
  readonly machine: Machine;
  readonly compiler: string;
  /** tfjs-node's own C++ sources. */
  readonly sources: string;
  /** Read before each source: what tfjs-node does with the memory of JavaScript is mended there. */
  readonly prelude: string;
  /** The source of our own operations, which are left out without it. */
  readonly operations?: string;
  readonly nodeHeaders: string;
  /** Holds `tensorflow/include`. */
  readonly headers: string;
  readonly libraries: readonly string[];
  readonly output: string;
}

/** g++ or clang++ as its command name; undefined where there is neither. */
export async function findCompiler(
  candidates: readonly string[] = [process.env.CXX ?? "", "g++", "clang++"],
): Promise<string | undefined> {
  for (const name of candidates) {
    if (name !== "" && (await tryCommand(name, ["--version"])).ok) return name;
  }
  return undefined;
}

export const NO_COMPILER = {
  problem: "The engine is compiled here, and there is no C++ compiler.",
  remedy: "Install one (Debian and Ubuntu: apt install g++; macOS: xcode-select --install) and run the command again.",
};

export async function requireCompiler(): Promise<string> {
  const compiler = await findCompiler();
  if (compiler !== undefined) return compiler;
  throw new SetupFailure(NO_COMPILER.problem, NO_COMPILER.remedy);
}

/** tfjs-node's addon without node-gyp: two files and one of ours, Node's C headers from npm, TensorFlow's from its wheel. */
export async function compileAddon(work: Compilation, signal: AbortSignal): Promise<void> {
  try {
    await command(work.compiler, compilerArguments(work), { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SetupFailure(
      `${work.compiler} could not compile the engine's addon.`,
      "Install a current g++ or clang++, name it in CXX, and run the command again.",
      { cause: error },
    );
  }
}

export function compilerArguments(work: Compilation): string[] {
  return [
    // Without -fno-math-errno each root is a call that may set errno, and no instruction.
    ...["-O3", "-std=c++17", "-ffp-contract=fast", "-fno-math-errno", "-fPIC", "-pthread"],
    // Threads of ours run in it until the process ends, also when the worker that loaded it has ended.
    // A function that TensorFlow's libraries do not have is missed when it is loaded, not when it is first called.
    ...(work.machine.platform === "linux" ? ["-Wl,-z,nodelete", "-Wl,-z,now"] : []),
    // macOS resolves Node's own symbols only when the addon is loaded.
    ...(work.machine.platform === "darwin" ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared"]),
    ...["-DNAPI_VERSION=8", "-o", work.output, "-include", work.prelude],
    ...[join(work.sources, "tfjs_backend.cc"), join(work.sources, "tfjs_binding.cc")],
    ...(work.operations === undefined ? [] : [work.operations]),
    `-I${work.sources}`,
    `-I${work.nodeHeaders}`,
    `-I${join(work.headers, "tensorflow", "include")}`,
    // TensorFlow's headers name those of tsl without this folder.
    `-I${join(work.headers, "tensorflow", "include", "tensorflow")}`,
    ...work.libraries,
    // Relative to the addon in tfjs-node's folder, lib/napi-v8: a finished engine is copied from machine to machine.
    ...[
      "-Xlinker",
      "-rpath",
      "-Xlinker",
      `${work.machine.platform === "darwin" ? "@loader_path" : "$ORIGIN"}/../../deps`,
    ],
  ];
}
