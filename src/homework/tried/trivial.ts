import { readFile } from "node:fs/promises";
import { trivialAnswers } from "../../course/solutions/trivial.ts";
import type { AssignmentCell } from "../assignment/cell.ts";
import type { TriedAnswer } from "./answers.ts";

const program = new URL("../../course/solutions/trivial.js", import.meta.url);

/** Answers without an idea to each function that an answer cell declares, made from its right solution. */
export async function trivialTo({ id = "", source }: AssignmentCell, usesTensors: boolean): Promise<TriedAnswer[]> {
  const text = (await readFile(program, "utf8")).replace(/^export /gm, "").replace(/^\/\/# sourceMappingURL.*$/m, "");
  const engine = usesTensors ? '(await import("latent")).tf' : "{}";
  return functionsOf(source).flatMap(({ name, count }) =>
    ideas(count).map(idea => ({
      to: id,
      idea: `${name}: ${idea}`,
      // In a block, so that what makes the answer stays out of the student's names.
      source: `${source}\n{\n${text}\n${name} = trivialAnswers(${engine}, ${name}, ${count})[${JSON.stringify(idea)}];\n}`,
    })),
  );
}

/** The names that `trivialAnswers` gives them; it computes nothing before one is asked. */
function ideas(count: number): string[] {
  return Object.keys(trivialAnswers({} as Parameters<typeof trivialAnswers>[0], () => undefined, count));
}

function functionsOf(source: string): { name: string; count: number }[] {
  return [...source.matchAll(/^(?:export )?(?:async )?function (\w+)\s*\(([\s\S]*?)\)\s*(?::|\{)/gm)].map(
    ([, name = "", list = ""]) => ({ name, count: argumentsIn(list) }),
  );
}

function argumentsIn(list: string): number {
  let depth = 0;
  const flat = [...list].filter(sign => {
    if ("([{<".includes(sign)) depth++;
    if (")]}>".includes(sign)) depth--;
    return depth === 0;
  });
  return flat
    .join("")
    .split(",")
    .filter(each => each.includes(":")).length;
}
