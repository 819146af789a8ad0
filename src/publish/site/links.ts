import { dirname, posix, resolve } from "node:path";
import { relinked } from "../render/links.ts";

/** Where links between notebooks lead in the site. */
export interface Links {
  /** The page of a notebook, by the notebook's absolute path. */
  pages: ReadonlyMap<string, string>;
  /** Hears of a link that leads to no page of the site. */
  lost: (link: string) => void;
}

/** The address of one page of the site as seen from another. */
export function between(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

/**
 * Leads links from notebook to notebook to their pages instead. A link to a file that the site does not have becomes text.
 *
 * @param html of the page `at`, which was made from the notebook `notebook`
 */
export function toPages(html: string, at: string, notebook: string, { pages, lost }: Links): string {
  return relinked(html, (file, link) => {
    const page = pages.get(resolve(dirname(notebook), file));
    if (page === undefined) lost(link);
    return page && between(at, page);
  });
}
