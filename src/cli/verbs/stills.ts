import { parseArgs } from "node:util";
import { keepStills, lacks } from "../../publish/index.ts";
import { UsageError, type Verb } from "../verb.ts";

export const stills: Verb = {
  usage: "stills <notebook ...> [--check]",
  summary: "put a picture beside every figure of notebooks, for places where no script runs, such as GitHub",
  run: async args => {
    const options = { check: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("stills takes the names of one or more notebooks.");
    let code = 0;
    for (const notebook of positionals) {
      if (!values.check) await keep(notebook);
      else if (!(await check(notebook))) code = 1;
    }
    return code;
  },
};

async function keep(notebook: string): Promise<void> {
  const start = performance.now();
  const { figures, drawn, leftOut, bytes } = await keepStills(notebook);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const missing = leftOut > 0 ? `, ${leftOut} without a picture, since there is no room for it` : "";
  const size = `${(bytes / 1e3).toFixed(0)} kB`;
  console.log(`${notebook}: ${figures} figures, ${drawn} drawn anew${missing}, ${size}, in ${seconds} s`);
}

/** Changes nothing, and says what the notebook lacks. */
async function check(notebook: string): Promise<boolean> {
  const lacking = await lacks(notebook);
  for (const what of lacking) console.log(`${notebook}: ${what}`);
  return lacking.length === 0;
}
