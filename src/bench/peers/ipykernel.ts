import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { python } from "../cells/python.ts";
import { run } from "./install.ts";
import type { Source } from "./peer.ts";

const WANTED = "ipykernel==7.4.0";

/** Jupyter's own kernel of Python: what the ratios refer to. */
export const ipykernel: Source = {
  name: "ipykernel",
  prepare: async cache => {
    const folder = join(cache, "ipykernel");
    const program = join(folder, "bin", "python");
    const stamp = join(folder, `.${WANTED}`);
    if (!existsSync(stamp)) {
      mkdirSync(cache, { recursive: true });
      await run("python3", ["-m", "venv", folder], cache);
      await run(program, ["-m", "pip", "install", "-q", WANTED], cache);
      writeFileSync(stamp, "");
    }
    const tell =
      "import platform, ipykernel, IPython; print(ipykernel.__version__, IPython.__version__, platform.python_version())";
    const [version, shell, language] = (await run(program, ["-c", tell], cache)).split(" ");
    return {
      version: `${version} (IPython ${shell}, Python ${language})`,
      cells: python,
      spec: own => ({
        argv: [program, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name: "Python",
        language: "python",
        env: { IPYTHONDIR: own },
      }),
    };
  },
};
