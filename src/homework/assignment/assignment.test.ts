import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Notebook } from "../../course/pair/index.ts";
import { answeredNames, assignmentOf, pointsOf } from "./assignment.ts";
import { sourceNotebook, studentNotebook } from "./notebook.ts";
import { withoutHiddenTests, withoutSolutions } from "./regions.ts";

const script = readFileSync(fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url)), "utf8");
const sample = assignmentOf("sample", script);
const cellsOf = (text: string) => (JSON.parse(text) as Notebook).cells;
const textOf = ({ source }: Notebook["cells"][number]) => [source].flat().join("");

test("the student's copy has no solution and no hidden test, and the teacher's has both", () => {
  const copy = studentNotebook(sample);
  assert.doesNotMatch(copy, /SOLUTION|HIDDEN|Because|That is the sum/);
  assert.match(copy, /Not implemented yet/);
  assert.match(sourceNotebook(sample), /BEGIN SOLUTION.*That is the sum.*Because/s);
});

test("a stub stands where the solution was, at its indent, and what is around it stays", () => {
  const source = "function f() {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}";
  assert.equal(withoutSolutions(source, "a;\nb;"), "function f() {\n  a;\n  b;\n}");
  assert.equal(withoutHiddenTests("a\n// BEGIN HIDDEN TESTS\nb\n// END HIDDEN TESTS\nc"), "a\nc");
});

test("cells carry nbgrader's metadata: what is graded, locked, and a checksum", () => {
  const cells = cellsOf(studentNotebook(sample));
  const tests = cells.find(({ id }) => id === "q1-tests");
  assert.deepEqual(
    { ...(tests?.metadata.nbgrader as object), checksum: undefined },
    {
      cell_type: "code",
      checksum: undefined,
      grade: true,
      grade_id: "q1-tests",
      locked: true,
      points: 3,
      schema_version: 3,
      solution: false,
      task: false,
    },
  );
  assert.equal(tests?.metadata.editable, false);
  assert.match(String((tests?.metadata.nbgrader as { checksum?: unknown } | undefined)?.checksum), /^[0-9a-f]{32}$/);
  assert.match(textOf(cells.find(({ id }) => id === "essay") as Notebook["cells"][number]), /Your answer here/);
});

test("the points and the names of an assignment are those of its cells", () => {
  assert.equal(pointsOf(sample), 10);
  assert.deepEqual(answeredNames(sample), ["mean", "iterate", "centred"]);
});

const answer = '// %% homework={"role":"answer","id":"a"}\n// BEGIN SOLUTION\n1;\n// END SOLUTION\n';
const FAULTS: [name: string, script: string, said: RegExp][] = [
  ["an unknown role", '// %% homework={"role":"test","id":"a"}\n1;', /one of given, answer, tests, manual, not "test"/],
  ["a role without an id", '// %% homework={"role":"given"}\n1;', /has an id/],
  ["two cells with one id", `${answer}${answer}`, /Two cells have the id "a"/],
  ["tests without points", '// %% homework={"role":"tests","id":"a"}\n1;', /points above 0/],
  ["an answer without a solution", '// %% homework={"role":"answer","id":"a"}\n1;', /BEGIN SOLUTION/],
  ["a region without an end", answer.replace("// END SOLUTION\n", ""), /no partner/],
  ["an assignment without points", answer, /no cell with points/],
];
for (const [name, faulty, said] of FAULTS)
  test(`${name} is named`, () =>
    assert.throws(() => assignmentOf("x", faulty), { name: "AssignmentFault", message: said }));
