import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { UsageError } from "../../verb.ts";
import { room } from "./room.ts";
import type { Step } from "./steps.ts";

/** What a student does. */
export const studentSteps: Readonly<Record<"validate" | "hand-in", Step>> = {
  validate: {
    usage: "validate <notebook.ipynb>",
    summary: "for students: run the tests that the notebook shows, and say what is missing",
    run: async args => {
      const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
      const [path] = positionals;
      if (path === undefined || positionals.length > 1) throw new UsageError("validate takes one notebook.");
      const { availableLayers, counted, validate } = await room();
      // Seconds before anything else: TensorFlow is loaded and the notebook run.
      process.stderr.write(`Running ${path} ...\n`);
      const { assignment, result, types, unanswered } = await validate(path, availableLayers());
      console.log(`${assignment}, the tests that you can see:`);
      for (const { id, earned, points, message } of result.questions) {
        console.log(`\n${id}: ${earned} of ${counted(points, "point")}`);
        if (message) console.log(indented(message));
      }
      for (const { id, number, message } of result.cells)
        console.log(`\nCode cell ${id ?? number} stopped:\n${indented(message)}`);
      if (types.length > 0) console.log(`\nTypes (they cost no points):\n${indented(types.join("\n"))}`);
      if (unanswered.length > 0) console.log(`\nNot answered yet: ${unanswered.join(", ")}`);
      console.log("\nMore tests run when the notebook is graded.");
      return 0;
    },
  },
  "hand-in": {
    usage: "hand-in <notebook.ipynb> --to <folder> [--as <student>]",
    summary: "for students: copy the notebook into the folder where the class hands in",
    run: async args => {
      const options = { to: { type: "string" }, as: { type: "string", default: userInfo().username } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const [path] = positionals;
      if (path === undefined || values.to === undefined)
        throw new UsageError("hand-in takes a notebook, and --to a folder.");
      const { handIn } = await room();
      const handed = await handIn(path, values.to, values.as);
      console.log(`Handed in: ${handed.path}`);
      if (handed.missing.length > 0)
        console.log(`Not answered: ${handed.missing.join(", ")}. You may hand in again; the latest counts.`);
      return 0;
    },
  },
};

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}
