import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { LanguageInfo } from "../../interpreter/index.ts";

const require = createRequire(import.meta.url);

/** Version of the TypeScript in our installation; the file is read, the compiler is not loaded. */
const { version } = JSON.parse(readFileSync(require.resolve("typescript/package.json"), "utf8")) as { version: string };

export const languageInfo: LanguageInfo = {
  name: "typescript",
  version,
  mimetype: "text/typescript",
  file_extension: ".ts",
  pygments_lexer: "typescript",
  // JupyterLab 4 finds its highlighter by these; "text/typescript" is unknown to it (read in its language registry).
  codemirror_mode: { name: "typescript", mimetype: "application/typescript", ext: ["ts"] },
  nbconvert_exporter: "script",
};
