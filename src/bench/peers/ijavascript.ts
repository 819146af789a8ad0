import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { javascript } from "../cells/javascript.ts";
import { installFromNpm } from "./install.ts";
import type { Source } from "./peer.ts";

/** IJavascript. Its ZeroMQ binding of 2019 has to be compiled, which fails on current versions of Node. */
export const ijavascript: Source = {
  name: "IJavascript",
  prepare: async cache => {
    const packages = await installFromNpm(join(cache, "ijavascript"), "ijavascript@5.2.1", { scripts: true }).catch(
      cause => {
        throw new Error(`its zeromq 5 does not compile on Node ${process.versions.node}`, { cause });
      },
    );
    // Throws where the binding does not load.
    createRequire(join(packages, "ijavascript", "package.json"))("zeromq");
    const { version } = JSON.parse(readFileSync(join(packages, "ijavascript", "package.json"), "utf8")) as {
      version: string;
    };
    return {
      version,
      cells: javascript,
      spec: () => ({
        argv: [
          process.execPath,
          join(packages, "ijavascript", "lib", "kernel.js"),
          "{connection_file}",
          "--protocol=5.1",
        ],
        display_name: "IJavascript",
        language: "javascript",
      }),
    };
  },
};
