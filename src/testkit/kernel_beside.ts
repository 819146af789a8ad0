import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { emptyFolder, startOurs } from "./kernels.ts";
import { contents, resultText } from "./outputs.ts";

/** A kernel in a folder of the author's. */
export interface KernelBeside {
  folder: string;
  /** The text of a cell's result, or its error with its traceback. */
  result: (code: string) => Promise<string>;
  /** Saves a file at another time than before, also where a file system counts in steps longer than a test. */
  save: (path: string, text: string) => void;
}

/** Writes files below a new folder of that name, and starts our kernel in it. */
export async function kernelBeside(
  t: TestContext,
  files: Record<string, string>,
  { name = "notebook", env = {} }: { name?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<KernelBeside> {
  const folder = join(emptyFolder(t), name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { client } = await startOurs(t, { cwd: folder, env });
  let saved = 0;
  return {
    folder,
    result: async code => {
      const executed = await client.execute(code);
      const [error] = contents(executed, "error");
      return resultText(executed) ?? `${error?.ename}: ${error?.evalue}\n${String(error?.traceback)}`;
    },
    save: (path, text) => {
      writeFileSync(join(folder, path), text);
      utimesSync(join(folder, path), new Date(), new Date(Date.now() + ++saved * 5000));
    },
  };
}
