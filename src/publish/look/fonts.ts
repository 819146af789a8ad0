import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const LATIN =
  "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02DC, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212, U+2260-2265";
const GREEK = "U+0370-03FF";

/** The faces of the text: 97 kB. */
const FACES = [
  [
    "Source Sans 3 Variable",
    "@fontsource-variable/source-sans-3",
    "source-sans-3-latin-wght-normal",
    "normal",
    "200 900",
    LATIN,
  ],
  [
    "Source Sans 3 Variable",
    "@fontsource-variable/source-sans-3",
    "source-sans-3-latin-wght-italic",
    "italic",
    "200 900",
    LATIN,
  ],
  [
    "Source Sans 3 Variable",
    "@fontsource-variable/source-sans-3",
    "source-sans-3-greek-wght-normal",
    "normal",
    "200 900",
    GREEK,
  ],
  ["JetBrains Mono", "@fontsource/jetbrains-mono", "jetbrains-mono-latin-400-normal", "normal", "400", LATIN],
  ["JetBrains Mono", "@fontsource/jetbrains-mono", "jetbrains-mono-greek-400-normal", "normal", "400", GREEK],
] as const;

/** The fonts of text and code as style rules that carry them. */
export function textFonts(): string {
  return FACES.map(([family, name, file, style, weight, range]) => {
    const folder = dirname(require.resolve(`${name}/package.json`));
    const bytes = readFileSync(join(folder, "files", `${file}.woff2`)).toString("base64");
    return `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${bytes}) format("woff2");unicode-range:${range}}`;
  }).join("\n");
}

/** Which of KaTeX's fonts a class in its output asks for; Main-Regular is always needed. */
const MATH_FONTS: readonly [font: string, classes: RegExp][] = [
  ["Main-Regular", /class="katex/],
  ["Math-Italic", /\bmathnormal\b|\bmathit\b/],
  ["Main-Italic", /\bmathit\b|\btextit\b/],
  ["Main-Bold", /\bmathbf\b|\btextbf\b/],
  ["Main-BoldItalic", /\bboldsymbol\b|\bmathbfit\b/],
  ["Math-BoldItalic", /\bboldsymbol\b/],
  ["AMS-Regular", /\bmathbb\b|\bamsrm\b|\btextbb\b/],
  ["Caligraphic-Regular", /\bmathcal\b/],
  ["Caligraphic-Bold", /\bmathcal\b[^"]*\bmathbf\b/],
  ["Fraktur-Regular", /\bmathfrak\b|\btextfrak\b/],
  ["Fraktur-Bold", /\bmathboldfrak\b/],
  ["SansSerif-Regular", /\bmathsf\b|\btextsf\b/],
  ["SansSerif-Bold", /\bmathboldsf\b|\bmathsf\b[^"]*\btextbf\b/],
  ["SansSerif-Italic", /\bmathsfit\b|\bmathitsf\b/],
  ["Script-Regular", /\bmathscr\b|\btextscr\b/],
  ["Typewriter-Regular", /\bmathtt\b|\btexttt\b/],
  ["Size1-Regular", /\bsize1\b|small-op|delim-size1/],
  ["Size2-Regular", /\bsize2\b|large-op/],
  ["Size3-Regular", /\bsize3\b/],
  ["Size4-Regular", /\bsize4\b|delim-size4/],
];

/** KaTeX's style with the fonts that these formulas need, inside; nothing where there is no formula. */
export function mathStyle(html: string): string {
  return hasFormulas(html) ? mathFonts(html) + mathRules() : "";
}

/** The fonts that the formulas in this HTML need, as style rules that carry them. */
export function mathFonts(html: string): string {
  if (!hasFormulas(html)) return "";
  const { folder, style } = katexStyle();
  const used = new Set(MATH_FONTS.filter(([, classes]) => classes.test(html)).map(([font]) => font));
  const faces = [...style.matchAll(FACE)].map(([face]) => ({ face, font: fontOf(face) }));
  return faces
    .filter(({ font }) => used.has(font))
    .map(({ face, font }) => {
      const bytes = readFileSync(join(folder, "fonts", `KaTeX_${font}.woff2`)).toString("base64");
      return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${bytes}) format("woff2")`);
    })
    .join("");
}

/** KaTeX's style without its fonts. */
export function mathRules(): string {
  return katexStyle().style.replace(FACE, "");
}

const FACE = /@font-face\{[^}]*\}/g;

function hasFormulas(html: string): boolean {
  return html.includes('class="katex');
}

function fontOf(face: string): string {
  return /fonts\/KaTeX_([\w-]+)\.woff2/.exec(face)?.[1] as string;
}

function katexStyle(): { folder: string; style: string } {
  const folder = dirname(require.resolve("katex/dist/katex.min.css"));
  return { folder, style: readFileSync(join(folder, "katex.min.css"), "utf8") };
}
