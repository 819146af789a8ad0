// Trains weights that a lesson cannot train in its minute:  npm run weights -- NN-name [--minutes 8]
// scripts/weights/NN-name.mjs exports train(); it leaves notebooks/weights/NN-name.safetensors and, beside it, its log.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BootstrapFailure, root, runMain } from "./bootstrap.mjs";
import { withNativeEngine } from "./native-engine.mjs";
import { openLog } from "./weights-log.mjs";

const scripts = join(root, "scripts", "weights");
const weights = join(root, "notebooks", "weights");

await runMain(async () => {
  const { name, minutes } = readArguments(process.argv.slice(2));
  await withNativeEngine();
  const { train } = await import(new URL(`weights/${name}.mjs`, import.meta.url));
  const unfinished = join(root, ".latent", "weights");
  mkdirSync(unfinished, { recursive: true });
  mkdirSync(weights, { recursive: true });
  await train({
    /** Where the weights go when they are finished. */
    path: join(weights, `${name}.safetensors`),
    /** Where a long training keeps its state, to go on from in the next run; git does not see it. */
    checkpoint: join(unfinished, `${name}.safetensors`),
    /** Begins the log anew, or goes on with it. */
    openLog: options => openLog(join(weights, `${name}.log`), options),
    /** Whether the time of this run is up: a long training then stops at its checkpoint. */
    timeIsUp: () => process.uptime() > 60 * minutes,
  });
  return 0;
});

function readArguments(args) {
  const at = args.indexOf("--minutes");
  const minutes = at < 0 ? Number.POSITIVE_INFINITY : Number(args[at + 1]);
  const [name, ...more] = at < 0 ? args : args.toSpliced(at, 2);
  const names = readdirSync(scripts).flatMap(file => (file.endsWith(".mjs") ? [file.slice(0, -".mjs".length)] : []));
  if (names.includes(name) && more.length === 0 && minutes > 0) return { name, minutes };
  throw new BootstrapFailure(
    `npm run weights -- <name> [--minutes <a number>]: trains one of ${names.sort().join(", ")}; with --minutes it stops after them and goes on in the next run.`,
  );
}
