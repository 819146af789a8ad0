import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser, type OpenedBrowser, openBrowser } from "../browser/index.ts";
import { emptyFolder } from "./kernels.ts";
import { isRequired } from "./needs.ts";

const program = findBrowser();
const module = fileURLToPath(new URL("../../joined/explorer/page.js", import.meta.url));

/** Why the tests of pages are not run; false where they are. */
export const skipBrowser: string | false =
  program === undefined && !isRequired("browser") ? "there is no Chromium on the PATH" : false;

/** What of an explorer's widget a page needs. */
interface Shown {
  keys(): string[];
  get(key: never): unknown;
}

/** A page with one explorer and no kernel, opened from a file. `window.model` is its state. */
export async function openExplorer(t: TestContext, kind: string, widget: Shown): Promise<OpenedBrowser["page"]> {
  const named = (list: string) => `const page = {${list.replace(/(\w+) as (\w+)/g, "$2: $1")}};`;
  const script = readFileSync(module, "utf8").replace(/export\{(.*?)\};?\s*$/, (_, list) => named(list));
  const entries = widget
    .keys()
    .filter(key => key !== "layout")
    .map(key => `${key}: ${written(widget.get(key as never))}`);
  const show = `window.model = page.plainModel({ ${entries.join(", ")} });
page.${kind}.render({ model: window.model, el: document.body });`;
  const path = join(emptyFolder(t), "page.html");
  writeFileSync(
    path,
    `<!doctype html><title>Explorer</title><style>:root { color-scheme: light dark }</style><body><script type="module">${script}${show}</script>`,
  );
  const { page, complaints, close } = await openBrowser(program as string);
  t.after(async () => {
    await close();
    assert.deepEqual(complaints, []);
  });
  await page.goto(pathToFileURL(path).href);
  await page.locator(".latent-explorer").waitFor();
  return page;
}

function written(value: unknown): string {
  if (!ArrayBuffer.isView(value)) return JSON.stringify(value) ?? "undefined";
  return `new Uint8Array([${new Uint8Array(value.buffer, value.byteOffset, value.byteLength)}])`;
}
