import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { typescript } from "../cells/typescript.ts";
import type { Source } from "./peer.ts";

const require = createRequire(import.meta.url);

/** tslab, which the project has installed anyway; started as `tslab install` writes its kernelspec. */
export const tslab: Source = {
  name: "tslab",
  prepare: async () => {
    const manifest = require.resolve("tslab/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const program = join(dirname(manifest), "bin", "tslab");
    return {
      version,
      cells: typescript,
      spec: () => ({
        argv: [process.execPath, program, "kernel", "--config-path", "{connection_file}"],
        display_name: "tslab",
        language: "typescript",
      }),
    };
  },
};
