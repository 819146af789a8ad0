/** The part of the language server protocol that is used here. Lines and characters count from 0, in UTF-16. */

export interface Place {
  line: number;
  character: number;
}

export interface Range {
  start: Place;
  end: Place;
}

export interface TextEdit {
  range: Range;
  newText: string;
}

/** `insert` ends at the cursor, `replace` at the end of the word. */
export interface InsertReplaceEdit {
  insert: Range;
  replace: Range;
  newText: string;
}

export interface Markup {
  kind: string;
  value: string;
}

export interface CompletionItem {
  label: string;
  kind?: number;
  detail?: string;
  labelDetails?: { detail?: string; description?: string };
  documentation?: Markup | string;
  sortText?: string;
  filterText?: string;
  insertText?: string;
  textEdit?: TextEdit | InsertReplaceEdit;
  additionalTextEdits?: TextEdit[];
  /** TypeScript's own; with `autoImport` the name is not there yet and would have to be imported. */
  data?: { source?: string; autoImport?: object };
}

export interface Hover {
  contents: Markup;
}

export interface SignatureHelp {
  signatures: {
    label: string;
    documentation?: Markup;
    parameters?: { label: string | [number, number]; documentation?: Markup }[];
    activeParameter?: number;
  }[];
  activeSignature?: number;
  activeParameter?: number;
}

export interface LocationLink {
  targetUri: string;
  targetRange: Range;
}

export interface ServerDiagnostic {
  range: Range;
  severity: number;
  code: number;
  message: string;
}

export const SEVERITY = { error: 1 } as const;

export const FILE_CHANGE = { made: 1, changed: 2, removed: 3 } as const;

export interface FileChange {
  path: string;
  type: (typeof FILE_CHANGE)[keyof typeof FILE_CHANGE];
}
