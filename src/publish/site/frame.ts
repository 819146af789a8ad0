import { ink } from "../look/ink.ts";
import { pageLook } from "../look/page.ts";
import { policy } from "../look/policy.ts";
import { pageScript } from "../look/script.ts";
import { escapeHtml } from "../render/escape.ts";
import { between } from "./links.ts";

/** Files that all pages share, at their places in the site. */
export const SHARED = { fonts: "assets/fonts.css", search: "assets/search.js", plotly: "assets/plotly.js" } as const;

/** What is particular to a page. */
export interface Framed {
  /** Its place in the site. */
  at: string;
  title: string;
  /** For search engines and previews: one sentence. */
  summary: string;
  /** The name of the course, which leads to its first page. */
  course: string;
  /** HTML. */
  main: string;
  /** HTML beside the text on wide screens, above it on narrow ones. */
  aside?: string;
  /** Rules of style that this page needs beyond the common ones. */
  style?: string;
  /** The place of the script with the page's figures and explorers. */
  content?: string | undefined;
}

/** A page of the site as a document that asks nobody but the files beside it. */
export function framed({ at, title, summary, course, main, aside = "", style = "", content }: Framed): string {
  const script = pageScript("lesson");
  const to = (place: string) => escapeHtml(between(at, place));
  return `<!doctype html>
<html lang="en"${content === undefined ? "" : ` data-content="${to(content)}"`} data-plotly="${to(SHARED.plotly)}" data-search="${to(SHARED.search)}" data-root="${to("index.html").replace(/index\.html$/, "")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, { beside: true })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="latent site">
<meta name="description" content="${escapeHtml(summary)}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${to(SHARED.fonts)}">
<style>${ink}${pageLook}${style}</style>
<script>${script}</script>
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header class="top">
<a class="course" href="${to("index.html")}">${escapeHtml(course)}</a>
<div class="search" role="search"><input type="search" placeholder="Search all lessons" aria-label="Search all lessons" autocomplete="off" spellcheck="false"><div class="found" hidden><p class="count" role="status"></p><ol></ol></div></div>
<button type="button" class="theme" aria-label="Light or dark" title="Light or dark">◐</button>
</header>
<div class="${aside === "" ? "page" : "page with-aside"}">
${aside}
<main id="main">
${main}
</main>
</div>
</body>
</html>
`;
}
