import { type Figure, figureOf, type Still, wordsOf } from "../figures/figure.ts";
import { thinned } from "../figures/thin.ts";
import { widgetOf } from "../figures/widgets.ts";
import { type Output, PLOTLY, textOf, WIDGET_VIEW } from "../notebook/outputs.ts";
import { overwritten, renderTerminal } from "./ansi.ts";
import { cleanHtml } from "./clean.ts";
import { escapeHtml, svgAddress } from "./escape.ts";
import { imageAddress } from "./images.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderMath } from "./math.ts";
import type { Page } from "./page.ts";

/** How each kind of output becomes HTML, the best first. Undefined where this one cannot be shown after all. */
const KINDS: readonly [mime: string, render: (value: unknown, data: Data, page: Page) => string | undefined][] = [
  [WIDGET_VIEW, renderWidget],
  [PLOTLY, renderFigure],
  ["text/html", renderHtml],
  ["image/svg+xml", (value, data) => image(svgAddress(textOf(value)), data)],
  ["image/png", (value, data) => image(`data:image/png;base64,${textOf(value).trim()}`, data)],
  ["image/jpeg", (value, data) => image(`data:image/jpeg;base64,${textOf(value).trim()}`, data)],
  [
    "text/latex",
    value =>
      renderMath(
        textOf(value)
          .trim()
          .replace(/^\$+|\$+$/g, ""),
        true,
      ),
  ],
  ["text/markdown", (value, _, page) => `<div class="html">${renderMarkdown(textOf(value), resolverOf(page))}</div>`],
  ["text/plain", value => `<pre class="printed"><code>${lines(textOf(value))}</code></pre>`],
];

type Data = Record<string, unknown>;
/** More lines than this stay in the notebook. */
const MOST_LINES = 400;

/** The outputs of a cell as blocks of HTML. */
export function renderOutputs(outputs: readonly Output[], page: Page): string[] {
  return joined(outputs).flatMap(output => {
    const html = renderOutput(output, page);
    return html === undefined ? [] : [html];
  });
}

function renderOutput(output: Output, page: Page): string | undefined {
  if (output.output_type === "stream") {
    const text = overwritten(textOf(output.text)).replace(/\n+$/, "");
    return text === "" ? undefined : `<pre class="printed ${output.name ?? ""}"><code>${lines(text)}</code></pre>`;
  }
  if (output.output_type === "error") {
    const text = textOf(output.traceback?.join("\n")) || `${output.ename}: ${output.evalue}`;
    return `<pre class="printed error" role="note" aria-label="Error"><code>${lines(text)}</code></pre>`;
  }
  const data = output.data ?? {};
  for (const [mime, render] of KINDS) {
    const html = Object.hasOwn(data, mime) ? render(data[mime], data, page) : undefined;
    if (html !== undefined) return html;
  }
  return undefined;
}

/** Printing in several steps is one text. */
function joined(outputs: readonly Output[]): Output[] {
  const list: Output[] = [];
  for (const output of outputs) {
    const last = list.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      list[list.length - 1] = { ...last, text: textOf(last.text) + textOf(output.text) };
    else list.push(output);
  }
  return list;
}

function lines(text: string): string {
  const all = text.split("\n");
  const shown = all.slice(0, MOST_LINES).map(line => `<span class="line">${renderTerminal(line) || " "}\n</span>`);
  const left = all.length - shown.length;
  return shown.join("") + (left > 0 ? `<span class="line">… ${left} more lines in the notebook</span>` : "");
}

function renderWidget(value: unknown, data: Data, page: Page): string | undefined {
  const { model_id: id } = (value ?? {}) as { model_id?: string };
  const widget = id === undefined ? undefined : widgetOf(page.source, id);
  if (id === undefined || widget === undefined) return undefined;
  page.widgets[id] = widget;
  const words = escapeHtml(textOf(data["text/plain"]));
  return `<div class="explorer" data-widget="${escapeHtml(id)}"><p class="words">${words}</p></div>`;
}

function renderFigure(value: unknown, data: Data, page: Page): string {
  const { figure, every } = thinned(figureOf(value));
  const words = wordsOf(figure, textOf(data["text/plain"]).trim());
  const still = stillAddress(data, page.stills.get(value));
  const stand = still === undefined ? `<p class="words">${escapeHtml(words)}</p>` : image(still, data, words);
  if (every > 1)
    page.warnings.push(`A figure has more points than a page can show; every ${every}th is shown: ${words}`);
  const number = page.figures.push(figure) - 1;
  return `<figure class="figure" data-figure="${number}" data-tall="${tall(figure)}" data-words="${escapeHtml(words)}">${stand}</figure>`;
}

/** How tall a figure is when its letters of 13 pixels, the course's, have the 20 of a slide. */
function tall({ layout }: Figure): number {
  return Math.round(((typeof layout.height === "number" ? layout.height : 450) * 20) / 13);
}

/** The address of a figure's still: a vector picture where it is small, dots otherwise. */
function stillAddress(data: Data, made: Still = {}): string | undefined {
  const svg = textOf(data["image/svg+xml"]) || made.svg;
  const png = textOf(data["image/png"]).trim() || made.png;
  if (svg) return svgAddress(svg);
  return png ? `data:image/png;base64,${png}` : undefined;
}

function image(address: string, data: Data, words = textOf(data["text/plain"])): string {
  return `<img class="still" src="${address}" alt="${escapeHtml(words)}">`;
}

/** HTML that drew itself by a script shows nothing without it: then the next kind is better. */
function renderHtml(value: unknown, _: Data, page: Page): string | undefined {
  const html = cleanHtml(textOf(value), resolverOf(page));
  const isEmpty = !/<(img|svg|table|canvas|video|hr|input|progress)\b/i.test(html) && textOnly(html) === "";
  return isEmpty ? undefined : `<div class="html">${html}</div>`;
}

function textOnly(html: string): string {
  return html.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, "").trim();
}

/** Images of outputs and of cells without attachments of their own. */
export function resolverOf(page: Page, attachments: Record<string, Record<string, string>> = {}) {
  return (address: string): string | undefined =>
    imageAddress(address, {
      folder: page.source.folder,
      attachments,
      missing: (name, why) => page.warnings.push(`The image ${name} is not shown: ${why}.`),
    });
}
