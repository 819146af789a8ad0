import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { code, emptyFolder, figure, isRequired, onSlide, shown, words, writeNotebook } from "../testkit/index.ts";
import { exportTemplates } from "./export-templates.ts";
import { placesOf } from "./places.ts";

const places = placesOf(fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, ""));
const jupyter = join(places.venv, "bin", "jupyter");
const skip = existsSync(jupyter) || isRequired("python") ? false : "there is no JupyterLab in .venv";

test("the templates carry their fonts, and what stands in a script cannot end it", async () => {
  const files = await exportTemplates(places);
  const text = (end: string) => [...files].find(([place]) => place.endsWith(end))?.[1] as string;
  assert.ok(!/url\((?!data:)/.test(text("katex.css")));
  for (const name of ["katex.js", "auto-render.js", "reveal.js"]) assert.ok(!text(name).includes("</script"), name);
});

test("jupyter nbconvert --to slides makes slides that load nothing, with formulas, pictures, and notes hidden", {
  skip,
}, async t => {
  const folder = emptyFolder(t);
  const plot = figure([{ y: [1, 2] }], {}, "WORDS");
  Object.assign(plot.data as object, { "image/png": "iVBORw0KGgo=" });
  const view = shown({ "application/vnd.jupyter.widget-view+json": { model_id: "x" }, "text/plain": "AN EXPLORER" });
  const notebook = writeNotebook(folder, "deck.ipynb", [
    words("# One $x^2$", onSlide("slide")),
    words("SECRET", onSlide("notes")),
    words("LEFT OUT", onSlide("skip")),
    code("plot()", [plot, view], onSlide("subslide")),
  ]);
  await promisify(execFile)(jupyter, ["nbconvert", "--to", "slides", notebook]);
  const html = readFileSync(join(folder, "deck.slides.html"), "utf8");
  const tags = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, "$1");
  assert.ok(!/<(script|link|img|iframe)\b[^>]* (src|href)="(?!data:)/.test(tags));
  assert.ok(html.includes("renderMathInElement") && html.includes("Reveal.initialize"));
  assert.ok(tags.includes("data:image/png;base64,iVBORw0KGgo=") && tags.includes("AN EXPLORER"));
  assert.ok(!tags.includes("LEFT OUT"));
  assert.match(tags, /<aside class="notes">[\s\S]*SECRET/);
});
