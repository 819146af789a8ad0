import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { deno as cells } from "../cells/typescript.ts";
import { installFromNpm, run } from "./install.ts";
import type { Source } from "./peer.ts";

/** `deno jupyter`, from npm: the program lies in a package a platform, so no install script has to run. */
export const deno: Source = {
  name: "Deno",
  prepare: async cache => {
    const packages = join(await installFromNpm(join(cache, "deno"), "deno@2.9.6"), "@deno");
    const program = readdirSync(packages)
      .map(name => join(packages, name, "deno"))
      .find(existsSync);
    if (program === undefined) throw new Error("the npm package has no program for this platform");
    const [own = "", v8 = "", typescript = ""] = (await run(program, ["--version"], cache)).split("\n");
    return {
      version: `${own.split(" ")[1]} (V8 ${v8.split(" ")[1]}, TypeScript ${typescript.split(" ")[1]})`,
      cells,
      spec: folder => ({
        argv: [program, "jupyter", "--kernel", "--conn", "{connection_file}"],
        display_name: "Deno",
        language: "typescript",
        env: { DENO_DIR: folder, DENO_NO_UPDATE_CHECK: "1" },
      }),
    };
  },
};
