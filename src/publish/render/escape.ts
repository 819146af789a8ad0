const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML, also within an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, letter => ENTITIES[letter] as string);
}

/** An SVG picture as the address of an image: short, and its ids meet no others of the page. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml,${svg.replace(/[%#"<>&\r\n\t]/g, letter => encodeURIComponent(letter))}`;
}
