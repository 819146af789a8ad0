// npm run bench homework [-- part of a name …]: tries every wrong answer that we know at the tests of the assignments, and writes
// docs/benchmarks/homework.md. Fails where one that is wrong earns as much as the right one.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap.mjs";
import { withNativeEngine } from "../native-engine.mjs";

const SEED = 19;
const folder = join(root, "notebooks", "homework");

export async function homework(parts) {
  await withNativeEngine();
  const { availableLayers, inWords, readAssignment } = await import("../../dist/homework/index.js");
  const { readAnswers, trivialTo, tryAnswers } = await import("../../dist/homework/tried/index.js");
  const layers = availableLayers();
  const options = { layers, seed: SEED, jobs: Math.min(2, availableParallelism()) };
  const tables = [];
  for (const script of readdirSync(join(folder, "answers")).filter(name => parts.every(part => name.includes(part)))) {
    const assignment = await readAssignment(join(folder, "source", script));
    const usesTensors = assignment.cells.some(({ source }) => /\btf\b/.test(source));
    const written = readAnswers(readFileSync(join(folder, "answers", script), "utf8"));
    const answered = assignment.cells.filter(
      ({ role, id }) => role === "answer" && written.some(({ to }) => to === id),
    );
    const trivial = (await Promise.all(answered.map(cell => trivialTo(cell, usesTensors)))).flat();
    const tried = await tryAnswers(assignment, [...written, ...trivial], options);
    tables.push({ name: assignment.name, tried, trivial: new Set(trivial.map(({ idea }) => idea)) });
    console.log(`${assignment.name}: ${tried.length} answers tried, ${tried.filter(isFault).length} graded wrongly`);
  }
  const faults = tables.flatMap(({ name, tried }) =>
    tried
      .filter(isFault)
      .map(each => `${name} ${each.to}: ${each.idea}: ${each.earned} of ${each.points}\n${each.message}`),
  );
  if (parts.length === 0) writeFileSync(join(root, "docs", "benchmarks", "homework.md"), page(tables, inWords(layers)));
  if (faults.length > 0) throw new Error(`Graded wrongly:\n${faults.join("\n")}`);
}

function isFault({ idea, earned, points, most }) {
  return idea === "right" ? earned !== points : earned >= points || (most !== undefined && earned > most);
}

function page(tables, isolation) {
  const all = tables.flatMap(({ tried }) => tried);
  const wrong = all.filter(({ idea }) => idea !== "right");
  const lines = tables.flatMap(({ name, tried, trivial }) => [
    `\n## ${name}\n`,
    "| answer to | idea | points | of |",
    "| --- | --- | --- | --- |",
    ...tried
      .sort(byCell)
      .map(
        ({ to, idea, earned, points }) =>
          `| ${to} | ${idea}${trivial.has(idea) ? " (trivial)" : ""} | ${earned} | ${points} |`,
      ),
  ]);
  return `# Wrong answers to the homework

Made by \`npm run bench homework\`; the tests of the assignments drew their questions with seed ${SEED}. Isolation: ${isolation}.

${all.length} answers were tried, ${wrong.length} of them wrong: written ones, and trivial ones (zeros, ones, the first answer again, an argument returned or ignored, the sizes of the first question, another shape). **${wrong.filter(({ earned, points }) => earned >= points).length} of the wrong ones earned as much as the right one.** Those that keep points have a part of the question right, or a known slip that is worth some.
${lines.join("\n")}
`;
}

function byCell(a, b) {
  return a.to.localeCompare(b.to, "en", { numeric: true });
}
