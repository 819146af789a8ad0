import type { Verb } from "../verb.ts";
import { verbs } from "./index.ts";

export const help: Verb = {
  usage: "help",
  summary: "print this list",
  run: async () => {
    const lines = ["Usage: npm start -- <verb> [options]   (in a clone npx latent <verb> does the same)", ""];
    for (const load of Object.values(verbs)) {
      const verb = await load();
      lines.push(`  ${verb.usage}`, `      ${verb.summary}`);
    }
    lines.push(
      "",
      "On a clone, any verb with --from <archive or address>: sets up from a class archive, without a network",
    );
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  },
};
