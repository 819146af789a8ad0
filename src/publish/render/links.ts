import { escapeHtml } from "./escape.ts";

/**
 * Gives each link to a file another address; one that gets none becomes text. Links within the page and to other sites
 * stay.
 */
export function relinked(html: string, addressOf: (file: string, link: string) => string | undefined): string {
  return html.replace(
    /<a\b([^>]*?) href="([^"]*)"([^>]*)>([\s\S]*?)<\/a>/g,
    (whole, before, href: string, after, inner) => {
      if (href === "" || href.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(href)) return whole;
      const [file = "", fragment] = href.replaceAll("&amp;", "&").split("#");
      const address = addressOf(decodeURI(file), href);
      if (address === undefined) return inner;
      const target = address + (fragment === undefined ? "" : `#${fragment}`);
      return `<a${before} href="${escapeHtml(target)}"${after}>${inner}</a>`;
    },
  );
}
