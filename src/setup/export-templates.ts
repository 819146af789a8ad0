import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Places } from "./places.ts";

/** Which of our templates an exporter of nbconvert takes, and which of a cell's outputs it shows, the best first. */
const CONFIG = {
  HTMLExporter: { template_name: "latent-html" },
  SlidesExporter: { template_name: "latent-slides" },
  NbConvertBase: {
    display_data_priority: [
      ...["text/html", "application/pdf", "text/latex", "image/svg+xml", "image/png", "image/jpeg"],
      ...["text/markdown", "text/plain"],
    ],
  },
};
const TEXT = `${JSON.stringify(CONFIG, undefined, 2)}\n`;

const OURS = [
  "latent-html/conf.json",
  "latent-html/index.html.j2",
  "latent-html/formulas.html.j2",
  "latent-slides/conf.json",
  "latent-slides/index.html.j2",
];

/**
 * What lets JupyterLab's menu, and `jupyter nbconvert`, export pages and slides that need no network: our templates with KaTeX
 * and reveal.js inside, and the settings by which the server and the command take them.
 *
 * @returns the content of each file, by its place in the environment
 */
export async function exportTemplates(places: Places): Promise<Map<string, string>> {
  const require = createRequire(join(places.root, "package.json"));
  const katex = dirname(require.resolve("katex/dist/katex.min.css"));
  const reveal = dirname(require.resolve("reveal.js/reveal.css"));
  const read = async (path: string) => await readFile(path, "utf8");
  const template = (name: string) => join("share", "jupyter", "nbconvert", "templates", name);
  const files = new Map([
    // The one file that both the server and `jupyter nbconvert` read; those in `*_config.d` are for extensions alone.
    [join("etc", "jupyter", "jupyter_config.json"), TEXT],
  ]);
  for (const name of OURS) files.set(template(name), await read(join(places.root, "nbconvert", name)));
  const formulas = template("latent-slides/formulas.html.j2");
  files.set(formulas, files.get(template("latent-html/formulas.html.j2")) as string);
  const shared: [string, string][] = [
    ["katex.css", await withFonts(katex)],
    ["katex.js", await read(join(katex, "katex.min.js"))],
    ["auto-render.js", await read(join(katex, "contrib", "auto-render.min.js"))],
  ];
  for (const name of ["latent-html", "latent-slides"])
    for (const [file, content] of shared) files.set(template(`${name}/static/${file}`), asTemplate(content));
  for (const file of ["reveal.css", "reveal.js"])
    files.set(template(`latent-slides/static/${file}`), asTemplate(await read(join(reveal, file))));
  return files;
}

/** KaTeX's style with its fonts inside. */
async function withFonts(katex: string): Promise<string> {
  const style = await readFile(join(katex, "katex.min.css"), "utf8");
  const names = [...style.matchAll(/url\(fonts\/([\w-]+)\.woff2\)/g)].map(([, name = ""]) => name);
  const fonts = new Map<string, string>();
  for (const name of names) fonts.set(name, (await readFile(join(katex, "fonts", `${name}.woff2`))).toString("base64"));
  return style.replace(
    /src:url\(fonts\/([\w-]+)\.woff2\) format\("woff2"\)[^}]*/g,
    (_, name: string) => `src:url(data:font/woff2;base64,${fonts.get(name)}) format("woff2")`,
  );
}

/** A script's end would be read as that of the element it stands in. */
function asTemplate(content: string): string {
  return content.replaceAll("</script", "<\\/script");
}
