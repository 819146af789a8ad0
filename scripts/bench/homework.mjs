// npm run bench homework [-- part of a name …]: tries every wrong answer that we know at the tests of the assignments, and writes
// docs/benchmarks/homework.md. Fails where one that is wrong earns as much as the right one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap.mjs";
import { withNativeEngine } from "../native-engine.mjs";

const SEED = 19;
const folder = join(root, "notebooks", "homework");

const target = join(root, "docs", "benchmarks", "homework.md");

export async function homework(parts) {
  await withNativeEngine();
  const { availableLayers, inWords } = await import("../../dist/homework/index.js");
  const layers = availableLayers();
  const scripts = readdirSync(join(folder, "answers")).filter(name => parts.every(part => name.includes(part)));
  const faults = [];
  for (const script of scripts) {
    const { name, tried, trivial } = await tryAssignment(script, layers);
    writeSection(name, section(tried, trivial, inWords(layers)));
    const wrongly = tried.filter(isFault);
    console.log(`${name}: ${tried.length} answers tried, ${wrongly.length} graded wrongly`);
    for (const each of wrongly)
      faults.push(`${name} ${each.to}: ${each.idea}: ${each.earned} of ${each.points}\n${each.message}`);
  }
  if (faults.length > 0) throw new Error(`Graded wrongly:\n${faults.join("\n")}`);
}

async function tryAssignment(script, layers) {
  const { readAssignment } = await import("../../dist/homework/index.js");
  const { readAnswers, trivialTo, tryAnswers } = await import("../../dist/homework/tried/index.js");
  const assignment = await readAssignment(join(folder, "source", script));
  const usesTensors = assignment.cells.some(({ source }) => /\btf\b/.test(source));
  const written = readAnswers(readFileSync(join(folder, "answers", script), "utf8"));
  const answered = assignment.cells.filter(({ role, id }) => role === "answer" && written.some(({ to }) => to === id));
  const tried = [];
  const trivial = new Set();
  for (const cell of answered) {
    const made = await trivialTo(cell, usesTensors);
    for (const { idea } of made) trivial.add(idea);
    const answers = [...written.filter(({ to }) => to === cell.id), ...made];
    tried.push(
      ...(await tryAnswers(assignment, answers, { layers, seed: SEED, jobs: Math.min(2, availableParallelism()) })),
    );
    console.log(`  ${assignment.name} ${cell.id}: ${answers.length} answers`);
  }
  return { name: assignment.name, tried, trivial };
}

function isFault({ idea, earned, points, most }) {
  return idea === "right" ? earned !== points : earned >= points || (most !== undefined && earned > most);
}

function section(tried, trivial, isolation) {
  const wrong = tried.filter(({ idea }) => idea !== "right");
  const asMuch = wrong.filter(({ earned, points }) => earned >= points).length;
  const rows = tried
    .sort(byCell)
    .map(
      ({ to, idea, earned, points }) =>
        `| ${to} | ${idea}${trivial.has(idea) ? " (trivial)" : ""} | ${earned} | ${points} |`,
    );
  return `${tried.length} answers, ${wrong.length} of them wrong; **${asMuch} of the wrong ones earned as much as the right one.** Node ${process.versions.node}; isolation: ${isolation}.

| answer to | idea | points | of |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** Puts a section into the page; those of other assignments stay as they are. */
function writeSection(name, text) {
  const [, ...before] = existsSync(target) ? readFileSync(target, "utf8").split(/^## /m) : [];
  const sections = new Map(
    before.map(each => [each.slice(0, each.indexOf("\n")), each.slice(each.indexOf("\n")).trim()]),
  );
  sections.set(name, text.trim());
  const all = [...sections].sort(([a], [b]) => a.localeCompare(b)).map(([title, body]) => `## ${title}\n\n${body}\n`);
  writeFileSync(target, `${INTRODUCTION}\n${all.join("\n")}`);
}

const INTRODUCTION = `# Wrong answers to the homework

Made by \`npm run bench homework\`; the tests of the assignments drew their questions with seed ${SEED}. Each answer stands in a submission that is right otherwise: those of \`notebooks/homework/answers\`, and trivial ones made from the right solution (zeros, ones, the first answer again, an argument returned or ignored, the sizes of the first question, another shape). Wrong answers that keep points have a part of the question right, or a known slip that is worth some.
`;

function byCell(a, b) {
  return a.to.localeCompare(b.to, "en", { numeric: true });
}
