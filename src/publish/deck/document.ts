import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { buildFor, packedBuild } from "../figures/plotly.ts";
import { deckLook } from "../look/deck.ts";
import { mathStyle, textFonts } from "../look/fonts.ts";
import { ink } from "../look/ink.ts";
import { policy } from "../look/policy.ts";
import { pageScript } from "../look/script.ts";
import { renderCell } from "../render/cell.ts";
import { escapeHtml } from "../render/escape.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { resolverOf } from "../render/output.ts";
import { type Page, packedContent } from "../render/page.ts";
import type { Slide, Stack } from "./slides.ts";

const require = createRequire(import.meta.url);

/** Where the links of a deck lead. */
export interface DeckLinks {
  /** The address of the section that a cell is in: for a slide's foot. */
  linkOf: (cellId: string) => string;
  /** Gives the links in what a slide says their addresses. */
  relink: (html: string) => string;
}

/** The deck as one HTML document that asks nobody for anything. */
export function deckDocument(stacks: readonly Stack[], page: Page, links: DeckLinks): string {
  const { title } = page.source;
  const slides = stacks.map(
    stack => `<section class="stack">\n${stack.map(slide => section(slide, page, links)).join("\n")}\n</section>`,
  );
  const body = slides.join("\n");
  const script = pageScript("deck");
  const style = [textFonts(), mathStyle(body), revealStyle(), ink, deckLook].join("\n");
  const plotly = page.figures.length > 0 && { "latent-plotly": packedBuild(buildFor(page.figures)) };
  const content = { ...packedContent(page), ...plotly };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="latent slides">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div class="reveal"><div class="slides">
${body}
</div></div>
${Object.entries(content).map(element).join("\n")}
<script>${script}</script>
</body>
</html>
`;
}

function element([id, content]: [string, string]): string {
  return `<script type="text/plain" id="${id}">${content}</script>`;
}

function section({ id, pieces, notes }: Slide, page: Page, { linkOf, relink }: DeckLinks): string {
  let fragments = 0;
  const content = pieces.map(({ cell, isFragment }) => {
    const html = renderCell(cell, page);
    return isFragment && html !== ""
      ? `<div class="fragment" data-fragment-index="${fragments++}">${html}</div>`
      : html;
  });
  const said = notes.map(note => renderMarkdown(note, resolverOf(page))).join("\n");
  const aside = said === "" ? "" : `<aside class="notes">${relink(said)}</aside>`;
  const foot = `<div class="foot"><a href="${escapeHtml(linkOf(id))}">${escapeHtml(page.source.title)}</a></div>`;
  return `<section class="slide" id="${escapeHtml(id)}"><div class="content">${relink(content.join("\n"))}</div>${aside}${foot}</section>`;
}

function revealStyle(): string {
  return readFileSync(require.resolve("reveal.js/reveal.css"), "utf8");
}
