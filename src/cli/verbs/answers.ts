import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { answersOf, write } from "../../course/index.ts";
import { UsageError, type Verb } from "../verb.ts";

export const answers: Verb = {
  usage: "answers <lesson.ts ...> [--output-dir <folder>]",
  summary: "for teachers: make the answer key of a lesson, NN-topic.answers.ipynb, by default in this folder",
  run: async args => {
    const options = { "output-dir": { type: "string", default: "." } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError("answers takes the scripts of one or more lessons.");
    await mkdir(values["output-dir"], { recursive: true });
    for (const lesson of positionals) {
      const key = await answersOf(lesson, values["output-dir"]);
      await write(key);
      console.log(key.path);
    }
    return 0;
  },
};
