/** One judge in a process of its own: it is told an assignment, then submissions, and answers each with its result. */
import { Judge } from "../judge/judge.ts";
import type { FromJudge, ToJudge } from "./messages.ts";

let judge: Judge | undefined;

const tell = (message: FromJudge) => process.send?.(message);

process.on("message", async (message: ToJudge) => {
  try {
    if (message.tell === "begin") {
      process.env.LATENT_EXERCISE_SEED = String(message.seed);
      judge = new Judge(message.assignment, message.layers);
      return;
    }
    const result = await judge?.grade(message.runnable);
    if (result) tell({ key: message.key, result });
  } catch (error) {
    tell({ failed: (error as Error).message });
  }
});
process.on("disconnect", () => {
  judge?.close();
  process.exit();
});
tell({ ready: true });
