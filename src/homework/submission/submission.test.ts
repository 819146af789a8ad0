import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Notebook } from "../../course/pair/index.ts";
import { assignmentOf } from "../assignment/assignment.ts";
import { studentNotebook } from "../assignment/notebook.ts";
import { submittedNotebook } from "./notebook.ts";
import { type Submission, submissionOf } from "./submission.ts";

const script = readFileSync(fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url)), "utf8");
const assignment = assignmentOf("sample", script);
const copy = studentNotebook(assignment);

/** Reads a student's copy after an edit. */
function read(edit: (notebook: Notebook) => void = () => {}): Submission {
  const notebook = JSON.parse(copy) as Notebook;
  edit(notebook);
  return submissionOf(assignment, submittedNotebook(Buffer.from(JSON.stringify(notebook))));
}

const sources = ({ runnable }: Submission) => runnable.cells.map(({ source }) => source);

const REFUSED: [name: string, bytes: string, said: RegExp][] = [
  ["an empty file", "", /is empty/],
  ["a file that is no notebook", "import latent", /is no notebook.*Hand in the \.ipynb itself/],
  ["JSON that is no notebook", '{"cells": 3}', /no notebook of nbformat 4/],
  [
    "a notebook of another assignment",
    copy.replace('"homework": "sample"', '"homework": "other"'),
    /of the assignment other, not of sample/,
  ],
  [
    "a notebook whose cells have lost their ids",
    '{"nbformat":4,"cells":[{"cell_type":"code","source":"1"}]}',
    /No cell of the notebook is of sample/,
  ],
];
for (const [name, bytes, said] of REFUSED)
  test(`${name} is refused, with what to do`, () => {
    assert.throws(() => submissionOf(assignment, submittedNotebook(Buffer.from(bytes))), {
      name: "SubmissionRefused",
      message: said,
    });
  });

test("a file of more than 100 MB is refused, one of 50 MB of outputs is read", () => {
  assert.throws(() => submittedNotebook(Buffer.alloc(101 * 2 ** 20, 32)), /has 101 MB; clear the outputs/);
  const large = read(({ cells }) => {
    (cells[1] as Notebook["cells"][number]).outputs = ["x".repeat(50 * 2 ** 20)];
  });
  assert.equal(large.key, read().key);
});

test("line ends of Windows and a byte order mark change nothing", () => {
  const windows = JSON.parse(copy) as Notebook;
  for (const cell of windows.cells) cell.source = [cell.source].flat().join("").replaceAll("\n", "\r\n");
  const bytes = Buffer.from(`\uFEFF${JSON.stringify(windows)}`);
  assert.equal(submissionOf(assignment, submittedNotebook(bytes)).key, read().key);
});

test("a notebook without nbgrader's metadata is known by the ids of its cells", () => {
  const bare = read(({ cells }) => {
    for (const cell of cells) cell.metadata = {};
  });
  assert.equal(bare.key, read().key);
});

test("given cells that were edited or deleted are the assignment's own again, and tests stay where they belong", () => {
  const edited = read(({ cells }) => {
    for (const cell of cells) if (cell.id === "given") cell.source = "const offset = 1000;";
  });
  assert.ok(sources(edited).includes("const offset = 0;"));
  assert.match(edited.notes.join(), /given was edited/);
  const deleted = read(notebook => {
    notebook.cells = notebook.cells.filter(({ id }) => !["given", "q1-tests", "q3-tests"].includes(id));
  });
  assert.equal(sources(deleted)[1], "const offset = 0;");
  assert.deepEqual(deleted.runnable.before, read().runnable.before);
  assert.match(deleted.notes.join(), /q1-tests was deleted/);
});

test("of two cells with one id the first is graded, and both run", () => {
  const double = read(({ cells }) => {
    const own = cells.find(({ id }) => id === "q1") as Notebook["cells"][number];
    cells.splice(cells.indexOf(own) + 1, 0, { ...own, source: "let copied = 1;" });
  });
  assert.match(double.notes.join(), /two cells q1/);
  assert.ok(sources(double).includes("let copied = 1;"));
  assert.equal(double.runnable.before["q1-tests"], (read().runnable.before["q1-tests"] as number) + 1);
});

test("a missing answer is named, and an untouched one known", () => {
  const missing = read(notebook => {
    notebook.cells = notebook.cells.filter(({ id }) => id !== "q2");
  });
  assert.match(missing.notes.join(), /answer cell q2 is missing/);
  assert.deepEqual(missing.untouched, ["q1", "q3", "essay"]);
});

test("a helper that a student adds before the tests runs before them", () => {
  const helped = read(({ cells }) => {
    const at = cells.findIndex(({ id }) => id === "q1-tests");
    cells.splice(at, 0, { cell_type: "code", id: "own", metadata: {}, source: "const helper = 1;" });
  });
  const before = helped.runnable.before["q1-tests"] as number;
  assert.equal(sources(helped)[before - 1], "const helper = 1;");
});
