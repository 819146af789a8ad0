// Makes each lesson's notebook from its script, runs it, and draws its stills:  npm run notebooks [-- <scripts or notebooks>...]
// A script NN-topic.ts makes NN-topic.ipynb; a notebook named here makes its script, for an edit made in Jupyter.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { root, runMain } from "./bootstrap.mjs";
import { withNativeEngine } from "./native-engine.mjs";

const course = join(root, "notebooks");

await runMain(async () => {
  await withNativeEngine();
  const { notebookOf, runNotebooks, scriptOf, write } = await import("../dist/course/index.js");
  const named = process.argv.slice(2);
  const files =
    named.length > 0
      ? named
      : [
          "index.ts",
          ...readdirSync(join(course, "lectures"))
            .filter(isLesson)
            .map(name => join("lectures", name)),
        ].map(name => join(course, name));
  const notebooks = [];
  for (const file of files) {
    const paired = await (file.endsWith(".ipynb") ? scriptOf(file) : notebookOf(file));
    await write(paired);
    console.log(`${paired.changed ? "written  " : "unchanged"} ${relative(root, paired.path)}`);
    notebooks.push(file.replace(/\.ts$/, ".ipynb"));
  }
  const code = await runNotebooks(notebooks);
  await keepAllStills(notebooks);
  return code;
});

/** A run makes figures without pictures. */
async function keepAllStills(notebooks) {
  const { findBrowser } = await import("../dist/browser/index.js");
  if (findBrowser() === undefined) {
    console.error(
      'No Chromium, so no pictures beside the figures: "npm start -- stills <notebook>" adds them elsewhere.',
    );
    return;
  }
  const { keepStills } = await import("../dist/publish/index.js");
  for (const notebook of notebooks) {
    const { drawn, bytes } = await keepStills(notebook);
    console.log(`${relative(root, notebook)}: ${drawn} stills drawn, ${(bytes / 1e3).toFixed(0)} kB`);
  }
}

function isLesson(name) {
  return /^\d\d-.*\.ts$/.test(name);
}
