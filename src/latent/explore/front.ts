import { readFileSync } from "node:fs";

/** The text of an explorer's front end: one ES module, joined from `src/explorer` at the build. */
export function frontEnd(name: string): string {
  const place = new URL(`../../../joined/explorer/${name}.js`, import.meta.url);
  try {
    return readFileSync(place, "utf8");
  } catch (cause) {
    throw new Error(`The explorer "${name}" was not built: run "npm start -- --help" once in Latent's folder.`, {
      cause,
    });
  }
}
