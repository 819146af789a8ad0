import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Load, machine } from "./machine.ts";
import { FULL, MEASURES, QUICK } from "./measures/index.ts";
import { page } from "./page.ts";
import { preparePeers } from "./peers/index.ts";
import { Results } from "./results.ts";
import { writePage } from "./write.ts";

/**
 * Measures our kernel beside others and writes docs/benchmarks/kernel.md. `--quick` is a short run, `--only` names
 * measures, `--peers` kernels; of these runs the page is printed and not written.
 */
export async function benchKernel(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean", default: false }, only: { type: "string" }, peers: { type: "string" } },
  });
  const plan = values.quick ? QUICK : FULL;
  const named = values.peers?.toLowerCase().split(",");
  const { peers, absent } = await preparePeers(cacheFolder(), name => named?.includes(name.toLowerCase()) ?? true);
  const results = new Results();
  const load = new Load();
  // An end by process.exit ends the kernels too, one by a signal would not.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (values.only && !values.only.split(",").includes(name)) continue;
    process.stderr.write(`bench: ${name}\n`);
    await measure(peers, results, plan).catch(error =>
      process.stderr.write(`bench: ${name} broke off: ${error.stack}\n`),
    );
  }
  const text = page({ peers, absent, results, machine: machine(), load: load.stop(), rounds: plan.rounds });
  process.stdout.write(text);
  if (!values.quick && !values.only && !values.peers) writePage("kernel", text);
}

function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.LATENT_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "latent");
  return join(cache, "bench", "kernel");
}
