import { join } from "node:path";
import { nodeGlobals } from "./node_globals.ts";

/** Declares what a cell finds on its global object: Node's names and the kernel's. */
export function globalsText(installation: string): string {
  const shows = JSON.stringify(join(installation, "dist/typescript/execution/show/shows.js").replaceAll("\\", "/"));
  return `/// <reference types="node" />
/**
 * Shows a value below the cell, in its rich form where it has one.
 * \`display.html("<b>bold</b>")\`, \`display.png(bytes)\`, ... show content of one kind.
 */
declare const display: import(${shows}).Display & {
  /** With an \`id\` the same place can be changed later, by \`update: true\`. */
  (value: unknown, options?: { id?: string; update?: boolean }): void | Promise<void>;
  /** Empties the output of the cell; with \`wait\`, when the next output comes. */
  clear(options?: { wait?: boolean }): void;
};
/** Asks the reader for a line of text. */
declare function prompt(message?: string, initial?: string): string;
/** Asks the reader for a line of text, which is not shown. */
declare function password(message?: string): string;
/** Asks the reader yes or no. */
declare function confirm(message?: string): boolean;
/** Shows a message and waits for the reader. */
declare function alert(message?: string): void;
interface ImportMeta {
  /** Always true: a cell is where a notebook begins. */
  main: boolean;
}${nodeGlobals()}
`;
}
