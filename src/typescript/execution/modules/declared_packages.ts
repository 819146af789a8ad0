import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { JSON } from "../../intrinsics.ts";
import { isFile } from "../../local_modules.ts";

/**
 * Whether a package that cannot be imported in the file `from` is there as declarations: `@types/geojson`, or `csstype`,
 * which has a text of types and no code. TypeScript leaves out an import that has but types.
 */
export function isDeclaredPackage(specifier: string, from: string): boolean {
  const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1);
  const folders = createRequire(from).resolve.paths(specifier) ?? [];
  return folders.some(
    folder =>
      isFile(join(folder, "@types", name.join("__").replace("@", ""), "package.json")) ||
      hasTypes(join(folder, ...name)),
  );
}

function hasTypes(folder: string): boolean {
  const path = join(folder, "package.json");
  if (!isFile(path)) return false;
  const { types, typings } = JSON.parse(readFileSync(path, "utf8")) as { types?: unknown; typings?: unknown };
  return types !== undefined || typings !== undefined;
}
