import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { findBrowser } from "../../browser/index.ts";
import { Load, machine } from "../machine.ts";
import { writePage } from "../write.ts";
import { kernelFigures } from "./kernels.ts";
import { pageFigures } from "./lab.ts";
import { page } from "./page.ts";
import { python, sides } from "./sides.ts";

/**
 * Measures our widgets beside ipywidgets on ipykernel, as messages and in JupyterLab, and writes docs/benchmarks/widgets.md.
 * `--quick` is one round without a browser; its page is printed and not written.
 */
export async function benchWidgets(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { quick: { type: "boolean", default: false } } });
  const load = new Load();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  const both = await sides();
  const rounds = values.quick ? 1 : 3;
  const kernels = await kernelFigures(both, rounds);
  const program = values.quick ? undefined : findBrowser();
  const inPage = program === undefined ? undefined : await pageFigures(both, program).catch(saidAs("JupyterLab"));
  const text = page({
    ...{ kernels, sliders: inPage?.sliders ?? new Map(), explorer: inPage?.explorer, rounds },
    ...{ machine: machine(), load: load.stop(), versions: versions() },
  });
  process.stdout.write(text);
  if (!values.quick) writePage("widgets", text);
}

/** What broke off is said, and the rest is written. */
function saidAs(what: string): (error: Error) => undefined {
  return error => {
    process.stderr.write(`bench: ${what} broke off: ${error.stack}\n`);
    return undefined;
  };
}

function versions(): string {
  const tell =
    "import platform, ipykernel, ipywidgets, jupyterlab; print(platform.python_version(), ipykernel.__version__, ipywidgets.__version__, jupyterlab.__version__)";
  const [own, kernel, widgets, lab] = execFileSync(python, ["-c", tell], { encoding: "utf8" }).trim().split(" ");
  return `Versions: Python ${own}, ipykernel ${kernel}, ipywidgets ${widgets}, JupyterLab ${lab}`;
}
