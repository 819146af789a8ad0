import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runNotebooks } from "../../course/index.ts";
import { exportDeck, onSave, printDeck } from "../../publish/index.ts";
import { engineStep } from "../../setup/index.ts";
import { setUp } from "../set-up.ts";
import { type Around, UsageError, type Verb } from "../verb.ts";

const OPTIONS = {
  "output-dir": { type: "string" },
  pdf: { type: "boolean", default: false },
  notes: { type: "boolean", default: false },
  execute: { type: "boolean", default: false },
  watch: { type: "boolean", default: false },
} as const;

interface Wanted {
  outputDir: string | undefined;
  pdf: boolean;
  notes: boolean;
}

export const slides: Verb = {
  usage: "slides <notebook ...> [--pdf [--notes]] [--execute] [--watch] [--output-dir <folder>]",
  summary: "export the slides of notebooks, each as one HTML file that needs no network",
  run: async (args, around) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("slides takes the names of one or more notebooks.");
    if (values.notes && !values.pdf) throw new UsageError("--notes adds pages to a PDF: say --pdf as well.");
    if (values.watch && values.execute)
      throw new UsageError("--watch exports what you run yourself: leave out --execute.");
    const { pdf, notes } = values;
    const wanted: Wanted = { outputDir: values["output-dir"], pdf, notes };
    if (wanted.outputDir !== undefined) await mkdir(wanted.outputDir, { recursive: true });
    for (const notebook of positionals) {
      if (values.execute)
        await executed(notebook, around, copy =>
          exportOne(copy, { ...wanted, outputDir: wanted.outputDir ?? dirname(resolve(notebook)) }),
        );
      else await exportOne(notebook, wanted);
    }
    if (values.watch) await watchAll(positionals, wanted);
    return 0;
  },
};

async function exportOne(notebook: string, { outputDir, pdf, notes }: Wanted): Promise<void> {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  const { path, bytes, slides, figures, explorers, warnings } = await exportDeck(notebook, { outputDir });
  for (const warning of warnings) console.error(`${basename(notebook)}: ${warning}`);
  const live = `${figures} live figures${explorers > 0 ? `, ${explorers} explorers` : ""}`;
  console.log(
    `${path}: ${slides} slides (one that is too long goes on over several), ${live}, ${(bytes / 1e6).toFixed(2)} MB, in ${seconds()} s`,
  );
  if (!pdf) return;
  const printed = await printDeck(path, notes);
  console.log(`${printed.path}: ${printed.pages} pages, in ${seconds()} s`);
}

/** Runs a copy of the notebook and hands that on: the file itself stays as it was. */
async function executed(notebook: string, around: Around, use: (copy: string) => Promise<void>): Promise<void> {
  await setUp([engineStep], around);
  const outputDir = await mkdtemp(join(tmpdir(), "latent-slides-"));
  try {
    if ((await runNotebooks([notebook], { outputDir })) !== 0)
      throw new Error(`${notebook} does not run to its end, so there are no slides of it: see above.`);
    await use(join(outputDir, basename(notebook)));
  } finally {
    await rm(outputDir, { recursive: true, force: true });
  }
}

/** Until Ctrl-C. A state that cannot be exported is said, and the next one tried. */
async function watchAll(notebooks: readonly string[], wanted: Wanted): Promise<never> {
  for (const notebook of notebooks)
    onSave(notebook, async () => {
      try {
        await exportOne(notebook, wanted);
      } catch (error) {
        console.error(`${(error as Error).message} The deck of the last good state stays.`);
      }
    });
  console.log("Watching; a save exports again. Ctrl-C ends this.");
  return await new Promise<never>(() => {});
}
