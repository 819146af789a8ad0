import katex from "katex";
import { escapeHtml } from "./escape.ts";

/** A formula as HTML and MathML. One that KaTeX refuses is shown as it was written, with the reason. */
export function renderMath(tex: string, isDisplay: boolean): string {
  try {
    return katex.renderToString(tex, { displayMode: isDisplay, output: "htmlAndMathml", strict: false, trust: false });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const reason = error.message.replace(/^KaTeX parse error: /, "");
    const tag = isDisplay ? "div" : "span";
    return `<${tag} class="refused"><code>${escapeHtml(tex.trim())}</code> <small>${escapeHtml(reason)}</small></${tag}>`;
  }
}
