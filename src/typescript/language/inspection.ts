import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MimeBundle } from "../../interpreter/index.ts";
import { toPlace } from "./coordinates.ts";
import { type Question, wordAt } from "./document.ts";
import type { SignatureHelp } from "./lsp.ts";
import { codeBlock, plainText } from "./markdown.ts";

/** A declaration in the source it stands in, with at most so many lines. */
const MOST_LINES = 60;

/** The server's hover text for an unknown name. */
const UNKNOWN = codeBlock("any");

/** What is known at the cursor: of the name there, or of the function whose brackets the cursor is in. */
export async function inspect(
  question: Question,
  detail: 0 | 1,
  { source, tidy }: { source: (name: string) => string | undefined; tidy: (markdown: string) => string },
): Promise<MimeBundle | undefined> {
  const { server, path, code, offset } = question;
  const word = wordAt(code, offset);
  const place = toPlace(code, word.start);
  const hover = word.end > word.start ? await server.hover(path, place) : null;
  if (hover === null || hover.contents.value.trim() === UNKNOWN)
    return bundle(tidy(callText(await server.signatures(path, toPlace(code, offset)))));
  const parts = [hover.contents.value.trim()];
  if (detail === 1) {
    const text = source(code.slice(word.start, word.end)) ?? (await declarationText(question, word.start));
    if (text !== undefined) parts.push(codeBlock(text));
  }
  return bundle(tidy(parts.join("\n\n")));
}

function bundle(markdown: string): MimeBundle | undefined {
  return markdown === "" ? undefined : { "text/markdown": markdown, "text/plain": plainText(markdown) };
}

function callText(help: SignatureHelp | null): string {
  const { signatures = [], activeSignature = 0 } = help ?? {};
  const active = signatures[activeSignature];
  if (active === undefined) return "";
  const { label, documentation, parameters = [], activeParameter = help?.activeParameter ?? 0 } = active;
  const parameter = parameters[activeParameter];
  const parts = [codeBlock(label)];
  if (documentation) parts.push(documentation.value);
  if (parameter) {
    const name = typeof parameter.label === "string" ? parameter.label : label.slice(...parameter.label);
    parts.push(`Now: \`${name}\`${parameter.documentation ? ` — ${parameter.documentation.value}` : ""}`);
  }
  if (signatures.length > 1) parts.push(`${activeSignature + 1} of ${signatures.length} signatures`);
  return parts.join("\n\n");
}

/** The lines that declare the name, from this text, a file of the author's or a package. */
async function declarationText({ server, path, code }: Question, offset: number): Promise<string | undefined> {
  const [definition] = await server.definitions(path, toPlace(code, offset));
  if (definition === undefined) return undefined;
  const { targetUri, targetRange } = definition;
  const file = fileURLToPath(targetUri);
  const isHere = file === path;
  const lines = (isHere ? `\n${code}` : readFileSync(file, "utf8")).split("\n");
  const text = lines.slice(targetRange.start.line, targetRange.end.line + 1).slice(0, MOST_LINES);
  const name = /node_modules\/((?!.*node_modules\/).+)$/.exec(file.replaceAll("\\", "/"))?.[1];
  return [...(name ? [`// ${name}`] : []), ...text].join("\n");
}
