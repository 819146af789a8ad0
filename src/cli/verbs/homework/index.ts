import { UsageError, type Verb } from "../../verb.ts";
import { steps } from "./steps.ts";

/** One verb for each step of a homework, from its source to the graded class. */
export const homework: Verb = {
  usage: `homework <${Object.keys(steps).filter(isShown).join(" | ")}> ...`,
  summary: "for teachers and students: make, hand in, collect and grade homework (docs/homework.md)",
  run: async ([name = "", ...args]) => {
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    if (step === undefined) {
      const lines = Object.values(steps).map(({ usage, summary }) => `  latent homework ${usage}\n      ${summary}`);
      throw new UsageError(`homework takes one of these steps:\n${lines.join("\n")}`);
    }
    return await step.run(args);
  },
};

/** `judge` is asked by programs. */
function isShown(step: string): boolean {
  return step !== "judge";
}
