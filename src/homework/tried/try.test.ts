import assert from "node:assert/strict";
import { test } from "node:test";
import { assignmentOf } from "../assignment/assignment.ts";
import { partFor } from "./try.ts";

const answer = (id: string) =>
  `// %% homework={"role":"answer","id":"${id}"}\n// BEGIN SOLUTION\n1;\n// END SOLUTION\n`;
const tests = (id: string, source: string) =>
  `// %% homework={"role":"tests","id":"${id}-tests","points":1}\n${source}\n`;

test("an answer is tried at its own tests, and earlier ones run where they declare what those need", () => {
  const assignment = assignmentOf(
    "sample",
    [
      answer("q1") + tests("q1", "const size = 3;"),
      answer("q2") + tests("q2", "const helper = () => size;"),
      answer("q3") + tests("q3", "const other = 1;"),
      answer("q4") + tests("q4", "helper();"),
      answer("q5") + tests("q5", "const size5 = 5; 'a.size';"),
    ].join(""),
  );
  const testsFor = (id: string) =>
    partFor(assignment, id).cells.flatMap(cell => (cell.role === "tests" ? [cell.id] : []));
  assert.deepEqual(testsFor("q3"), ["q3-tests"]);
  assert.deepEqual(testsFor("q4"), ["q1-tests", "q2-tests", "q4-tests"]);
  assert.deepEqual(testsFor("q5"), ["q5-tests"]);
});
