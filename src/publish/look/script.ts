import { readFileSync } from "node:fs";

/** What runs in a deck or on a page: one script, joined from `src/page` at the build. */
export function pageScript(name: "deck" | "lesson"): string {
  const place = new URL(`../../../joined/page/${name}.js`, import.meta.url);
  try {
    return readFileSync(place, "utf8").replaceAll("</script", "<\\/script");
  } catch (cause) {
    throw new Error(`The script of a ${name} was not built: run "npm start -- --help" once in Latent's folder.`, {
      cause,
    });
  }
}
