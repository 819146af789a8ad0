/** A notebook as nbformat 4.5 stores it; only what Latent reads and writes. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: number;
}

export interface Cell {
  cell_type: "code" | "markdown" | "raw";
  /** Names the cell through all its edits; 1 to 64 of `A-Z a-z 0-9 - _`. */
  id: string;
  metadata: Record<string, unknown>;
  /** Lines with their line ends, or one string. */
  source: string | string[];
  /** Markdown cells only: pictures of the text, by name and kind, in base64. */
  attachments?: Record<string, Record<string, string>>;
  /** Code cells only. */
  outputs?: unknown[];
  execution_count?: number | null;
}

/** The metadata of every notebook of the course, word for word what JupyterLab writes there when it opens one. */
export const notebookMetadata: Record<string, unknown> = {
  kernelspec: { display_name: "TypeScript (Latent)", language: "typescript", name: "typescript" },
  language_info: {
    codemirror_mode: { ext: ["ts"], mimetype: "application/typescript", name: "typescript" },
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
    version: "7.0.2",
  },
};

/** The source of a cell as one string. */
export function sourceOf({ source }: Cell): string {
  return typeof source === "string" ? source : source.join("");
}

/** Lines with their line ends, the form in which a one-line edit is a one-line difference. */
export function toLines(source: string): string[] {
  return source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The file's text: one space of indent, sorted keys and a final newline, as Jupyter itself writes it. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(notebook, sortKeys, 1)}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
