// Makes docs/reference from the docstrings of src/latent:  npm run reference
// TypeDoc reads declarations with the TypeScript that it knows, in packages of its own: nobody needs them to run a lesson.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BootstrapFailure, bootstrap, root, runMain } from "./bootstrap.mjs";
import { runQuietly } from "./program.mjs";

const tools = join(root, "scripts", "reference-pages");
const pages = join(root, "docs", "reference");

await runMain(async () => {
  await bootstrap();
  await inTools("npm", ["ci", "--no-audit", "--no-fund"]);
  // The pages that are there stay until the new ones are whole.
  const made = `${pages}.new`;
  rmSync(made, { recursive: true, force: true });
  await inTools(process.execPath, ["node_modules/typedoc/bin/typedoc", "--out", made]);
  for (const name of readdirSync(made)) {
    const path = join(made, name);
    // What a function takes apart has no name in its declaration.
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("__namedParameters", "options"));
  }
  rmSync(pages, { recursive: true, force: true });
  renameSync(made, pages);
  return 0;
});

async function inTools(program, args) {
  const { code, output } = await runQuietly(program, args, tools);
  if (code !== 0) throw new BootstrapFailure(`"${[program, ...args].join(" ")}" failed:\n${output}`);
}
