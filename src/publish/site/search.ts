import type { Section } from "./sections.ts";

/** A section as the page's search reads it (`src/page/lesson/search.ts`). */
export interface Entry {
  /** Where it is, seen from the site's root. */
  at: string;
  /** Which lesson. */
  lesson: string;
  heading: string;
  text: string;
}

export function entriesOf(page: string, lesson: string, sections: readonly Section[]): Entry[] {
  return sections.map(({ anchor, heading, text }) => ({
    at: `${page}#${encodeURIComponent(anchor)}`,
    ...{ lesson, heading, text: text.replace(/\s+/g, " ") },
  }));
}

/** The index as a script, because a page that was opened from a file may load scripts and may not read files. */
export function searchScript(entries: readonly Entry[]): string {
  return `globalThis.latentSearch = ${JSON.stringify(entries)};\n`;
}
