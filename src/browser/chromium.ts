import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
// Root in a container has no sandbox to offer; the others keep the browser from fetching for itself.
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A lesson is drawn whole, on two cores that other tests use as well: nothing may hang on how quick that is. */
const PATIENCE_MS = 120_000;

/** The path of this machine's Chromium. */
export function findBrowser(): string | undefined {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync("which", [name], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** A page in a browser with a fresh profile. */
export interface OpenedBrowser {
  page: Page;
  /** Errors on the console and uncaught ones, in the order in which they came. */
  complaints: string[];
  close: () => Promise<void>;
}

/** @param more what Playwright takes for a context, such as `javaScriptEnabled` */
export async function openBrowser(program: string, more: BrowserContextOptions = {}): Promise<OpenedBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "latent-browser-"));
  const options = { executablePath: program, args: FLAGS, viewport: { width: 1280, height: 1000 }, ...more };
  const context = await chromium.launchPersistentContext(profile, options);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on("pageerror", error => complaints.push(error.message));
  page.on("console", message => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  const close = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { page, complaints, close };
}
