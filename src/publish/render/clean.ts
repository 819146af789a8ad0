import { type DefaultTreeAdapterTypes, parseFragment, serialize } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** What would run, load or leave the page. A style may not, since it holds for its own table only by good will. */
const REFUSED = new Set(["script", "iframe", "object", "embed", "link", "meta", "base", "title", "form", "frame"]);
const ADDRESSES = new Set(["src", "href", "xlink:href", "poster", "srcset", "data", "action", "background"]);

/** What stands in place of addresses: the text of an address, or undefined where it must not be loaded. */
export type Resolve = (address: string) => string | undefined;

/**
 * HTML out of a notebook, as a part of our page: every element is closed, nothing runs, and nothing is fetched.
 *
 * @param resolve for an image's address; a link may lead anywhere
 */
export function cleanHtml(html: string, resolve: Resolve): string {
  const fragment = parseFragment(html);
  cleanChildren(fragment, resolve);
  return serialize(fragment);
}

function cleanChildren(parent: Parent, resolve: Resolve): void {
  parent.childNodes = parent.childNodes.filter(node => !("tagName" in node) || !REFUSED.has(node.tagName));
  for (const node of parent.childNodes) clean(node, resolve);
}

function clean(node: Node, resolve: Resolve): void {
  if (!("tagName" in node)) return;
  if (node.tagName === "style") cleanStyle(node);
  node.attrs = node.attrs.flatMap(attribute => {
    const { name, value } = attribute;
    if (name.startsWith("on")) return [];
    if (name === "style") return /url\(|expression|@import/i.test(value) ? [] : [attribute];
    if (name === "href" && node.tagName === "a") return /^\s*javascript:/i.test(value) ? [] : [attribute];
    if (!ADDRESSES.has(name)) return [attribute];
    if (value.startsWith("#")) return [attribute];
    const resolved = name === "srcset" ? undefined : resolve(value);
    return resolved === undefined ? [{ name: "data-not-loaded", value }] : [{ name, value: resolved }];
  });
  cleanChildren(node, resolve);
  if ("content" in node) cleanChildren(node.content, resolve);
}

function cleanStyle(style: DefaultTreeAdapterTypes.Element): void {
  for (const text of style.childNodes)
    if ("value" in text) text.value = text.value.replace(/@import[^;]*;?/gi, "").replace(/url\([^)]*\)/gi, "none");
}
