import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Layers } from "../sandbox/layers.ts";
import { startInSandbox } from "../sandbox/start.ts";
import { Box } from "./box.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const APP = "/app";
const MB = 2 ** 20;
const LIMITS = { memory: 2048 * MB, space: 128 * MB, threads: 96 };
const HEAP_MB = 512;
/** Of users that no system gives away: one a box that runs at the same time, so that none counts the other's threads. */
const FIRST_USER = 61_000;
const USERS = 1000;

/** What student code may read: the library and the packages. No notebook of the course, no solution, no test. */
const READABLE = [
  "package.json",
  "node_modules",
  "dist/latent",
  "dist/homework/box",
  "dist/typescript",
  "src/latent/data",
  "notebooks/weights",
];

let started = 0;

/** Starts a box, isolated by these layers. It says by its first message that it runs. */
export function startBox(layers: Layers): Box {
  const user = FIRST_USER + ((process.pid * 7 + started++) % USERS);
  const args = [
    `--max-old-space-size=${HEAP_MB}`,
    "--no-warnings",
    join(layers.bubblewrap ? APP : root, "dist/homework/box/main.js"),
  ];
  const env = {
    // One thread: as fast on the small problems of a homework, and two boxes do not fight for cores.
    TF_NUM_INTRAOP_THREADS: "1",
    TF_NUM_INTEROP_THREADS: "1",
    TF_CPP_MIN_LOG_LEVEL: "2",
    LATENT_OFFLINE: "1",
    HOME: "/tmp",
    ...(dataFolder() && { LATENT_DATA: layers.bubblewrap ? "/data" : (dataFolder() as string) }),
  };
  return new Box(startInSandbox(args, { ...LIMITS, layers, user, env, readable: readable() }));
}

function readable(): [string, string][] {
  const own = READABLE.map(path => [join(root, path), join(APP, path)] as [string, string]);
  const engine = join(root, "node_modules", "@tensorflow", "tfjs-node", "deps");
  // The engine's cache is a link out of node_modules: it has to lead to the same place inside.
  const cache: [string, string][] = existsSync(engine) ? [[realpathSync(engine), realpathSync(engine)]] : [];
  const data = dataFolder();
  return [...own, ...cache, ...(data ? [[data, "/data"] as [string, string]] : [])].filter(([from]) =>
    existsSync(from),
  );
}

function dataFolder(): string | undefined {
  const folder = process.env.LATENT_DATA;
  return folder !== undefined && folder !== "" && existsSync(folder) ? realpathSync(folder) : undefined;
}
