/** The server's markdown as plain text, for consoles. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^```.*\n?/gm, "")
    .replace(/\*(@\w+)\*/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

export function codeBlock(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``;
}

/** Names of files on this machine say nothing to the reader: packages by their name, cells and own files relative. */
export function readable(text: string, { folder, base }: { folder: string; base: string }): string {
  return text
    .replaceAll(folder, ".")
    .replaceAll(base, "")
    .replace(/"[^"\n]*\/node_modules\/([^"\n]+)"/g, '"$1"')
    .replace(/^\(alias\) (?=[a-z])/gm, "");
}
