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
  codemirror_mode: { name: "javascript", typescript: true },
  nbconvert_exporter: "script",
};
