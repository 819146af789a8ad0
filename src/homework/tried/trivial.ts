import { readFile } from "node:fs/promises";
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

/** By the names that `trivialAnswers` gives them. */
function ideas(count: number): string[] {
  const frozen = Array.from({ length: count }, (_, i) => `argument ${i + 1} of the first question`);
  return [
    "only zeros",
    "only ones",
    "the first answer again",
    "what was given",
    ...frozen,
    "sizes of the first question",
    "the right values in another shape",
  ];
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
