import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { strToU8, zipSync } from "fflate";
import { emptyFolder } from "../../testkit/index.ts";
import { assignmentOf } from "../assignment/assignment.ts";
import { sourceNotebook, studentNotebook } from "../assignment/notebook.ts";
import { fromCsv, toCsv } from "../export/csv.ts";
import { writeFeedback } from "../export/feedback.ts";
import { FORMS, notIn } from "../export/forms.ts";
import { scoresOf } from "../export/scores.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import { handIn } from "../student/hand_in.ts";
import { collect } from "./collect.ts";
import { Course } from "./course.ts";
import { gradeClass } from "./grade.ts";
import { begin, release } from "./release.ts";
import { type Report, reportsOf, writeReport } from "./report.ts";

const sample = fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url));
const assignment = assignmentOf("sample", readFileSync(sample, "utf8"));
const layers = availableLayers();
const long = process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it";
const skip = isIsolated(layers) ? long : "this machine has no bubblewrap and prlimit to isolate code with";

function courseIn(t: TestContext): Course {
  const course = new Course(emptyFolder(t));
  mkdirSync(join(course.folder, "source"));
  cpSync(sample, course.script("sample"));
  return course;
}

function zip(t: TestContext, files: Record<string, string>): string {
  const path = join(emptyFolder(t), "all.zip");
  writeFileSync(path, zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
  return path;
}

const copy = studentNotebook(assignment);

const ZIPS: [platform: string, files: Record<string, string>, students: string[], late: string[]][] = [
  [
    "Moodle",
    {
      "Zoë Ångström_101_assignsubmission_file_/sample.ipynb": copy,
      "=Bob_102_assignsubmission_file_sample.ipynb": copy,
      "Carl Lee_103_assignsubmission_file/sample.ipynb": copy,
    },
    ["101", "102", "103"],
    [],
  ],
  [
    "Canvas",
    { "angstromzoe_101_9001_sample.ipynb": copy, "bob_LATE_102_9002_sample-1.ipynb": copy },
    ["101", "102"],
    ["102"],
  ],
];
for (const [platform, files, students, late] of ZIPS)
  test(`the zip of ${platform} is taken apart by student; late ones and other files are named`, async t => {
    const course = courseIn(t);
    const collected = await collect(course, "sample", zip(t, { ...files, "__MACOSX/x": "", "readme.txt": "" }));
    assert.deepEqual(collected, { students, late, ignored: ["readme.txt"] });
    assert.deepEqual(await course.students("sample"), students);
    assert.equal(readFileSync((await course.submission("101", "sample")) ?? "", "utf8"), copy);
  });

test("a path in a zip leads out of no folder", async t => {
  const course = courseIn(t);
  const { students } = await collect(course, "sample", zip(t, { "../../evil/sample.ipynb": copy, "..ipynb": copy }));
  for (const student of students) assert.match(student, /^[^./][^/]*$/);
});

test("what students hand in is collected from the exchange, the latest of each", async t => {
  const course = courseIn(t);
  const [exchange, home] = [emptyFolder(t), emptyFolder(t)];
  const notebook = join(home, "sample.ipynb");
  for (const [day, text] of [
    [1, copy],
    [2, sourceNotebook(assignment)],
  ] as const) {
    writeFileSync(notebook, text);
    await handIn(notebook, exchange, "ada", new Date(Date.UTC(2026, 0, day)));
  }
  assert.deepEqual(await collect(course, "sample", exchange), { students: ["ada"], late: [], ignored: [] });
  assert.equal(readFileSync((await course.submission("ada", "sample")) ?? "", "utf8"), sourceNotebook(assignment));
});

test("beginning an assignment writes over nothing", async t => {
  const course = new Course(emptyFolder(t));
  assert.equal((await begin(course, "00-own")).length, 2);
  assert.deepEqual(await begin(course, "00-own"), []);
  assert.equal((await release(course, await course.assignment("00-own"))).length, 2);
});

test("a class is graded once: the same again is kept, and one that changed is graded anew", { skip }, async t => {
  const course = courseIn(t);
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "ada.ipynb"), sourceNotebook(assignment));
  writeFileSync(join(folder, "bob.ipynb"), sourceNotebook(assignment));
  writeFileSync(join(folder, "eve.ipynb"), copy);
  writeFileSync(join(folder, "tom.ipynb"), "no notebook");
  await collect(course, "sample", folder);
  const aborted = gradeClass(course, "sample", { layers, jobs: 2, signal: AbortSignal.abort() });
  await assert.rejects(aborted, { name: "AbortError" });
  const first = await gradeClass(course, "sample", { layers, jobs: 2 });
  assert.deepEqual(first.failed, []);
  // What needs no judge was said before the grading was stopped.
  assert.deepEqual([first.graded, first.kept, first.refused], [["ada", "bob", "eve"], ["tom"], ["tom"]]);
  writeFileSync(join(folder, "eve.ipynb"), sourceNotebook(assignment));
  await collect(course, "sample", folder);
  const second = await gradeClass(course, "sample", { layers, jobs: 2 });
  assert.deepEqual([second.graded, second.kept], [["eve"], ["ada", "bob", "tom"]]);
  const totals = (await scoresOf(course, "sample")).map(({ student, total }) => [student, total]);
  assert.deepEqual(totals, [
    ["ada", 7],
    ["bob", 7],
    ["eve", 7],
    ["tom", 0],
  ]);
});

/** A class that was graded, without a grader. */
async function graded(t: TestContext): Promise<Course> {
  const course = courseIn(t);
  const names: [string, string][] = [
    ["101", "Zoë Ångström"],
    ["102", "=HYPERLINK(1)"],
    ["103", '-Bob, "B"'],
  ];
  writeFileSync(
    join(course.folder, "students.json"),
    JSON.stringify(Object.fromEntries(names.map(([id, name]) => [id, { name }]))),
  );
  for (const [i, [student]] of names.entries()) {
    const questions = [
      { id: "q1-tests", points: 3, earned: i + 0.5, message: "<script>alert(1)</script> expected 2, got 4" },
    ];
    const report: Report = {
      student,
      assignment: "sample",
      questions,
      manual: [],
      earned: i + 0.5,
      points: 3,
      cells: [],
      notes: [],
      types: [],
      printed: "",
      isolation: "none",
      key: "",
    };
    await writeReport(course, report);
  }
  return course;
}

test("the gradebook goes out and comes back: unicode names, and cells that would be formulas", async t => {
  const scores = await scoresOf(await graded(t), "sample");
  const csv = FORMS.csv("sample", scores);
  assert.match(csv, /'=HYPERLINK/);
  assert.deepEqual(
    fromCsv(csv).rows.map(row => [row.student, row.name, row.total]),
    [
      ["101", "Zoë Ångström", "0.5"],
      ["102", "=HYPERLINK(1)", "1.5"],
      ["103", '-Bob, "B"', "2.5"],
    ],
  );
  const canvas =
    "Student,ID,SIS User ID,SIS Login ID,Section,sample (77)\n    Points Possible,,,,,3\nZoë,101,z1,zoe,A,\nNobody,999,n9,no,A,\n";
  const filled = fromCsv(FORMS.canvas("sample", scores, { into: canvas }));
  assert.deepEqual(
    filled.rows.map(row => row["sample (77)"]),
    ["3", "0.5", ""],
  );
  const worksheet = "Identifier,Full name,Status,Grade\nParticipant 103,Bob,Submitted,\n";
  const [bob] = fromCsv(FORMS.moodle("sample", scores, { into: worksheet })).rows;
  assert.deepEqual([bob?.Grade, bob?.Status, bob?.["Feedback comments"]], ["2.5", "Submitted", "q1-tests: 2.5 of 3"]);
  assert.deepEqual(notIn("moodle", worksheet, scores), ["101", "102"]);
  assert.deepEqual(notIn("canvas", canvas, scores), ["102", "103"]);
});

test("who hands in after the time that is named is late, by hours", async t => {
  const [first] = await scoresOf(await graded(t), "sample");
  assert.ok(first);
  const late = { ...first, report: { ...first.report, handedIn: "2026-01-02T12:30:00Z" } };
  const lateBy = (due: string) => fromCsv(FORMS.csv("sample", [late], { due: new Date(due) })).rows[0]?.late;
  assert.deepEqual([lateBy("2026-01-02T10:00:00Z"), lateBy("2026-01-03T10:00:00Z")], ["2.5 h", ""]);
});

test("a cell of any text survives the table", () => {
  for (const text of ["=1", "+1", "-1", "@a", "\tx", 'a "b", c', "zwei\nZeilen", "ü"]) {
    assert.equal(fromCsv(toCsv([{ text }], ["text"])).rows[0]?.text, text);
  }
});

test("feedback is one page a student that runs nothing", async t => {
  const course = await graded(t);
  const [page = ""] = await writeFeedback(course, "sample");
  const html = readFileSync(page, "utf8");
  assert.match(html, /Zoë Ångström: <b>0.5 of 3 points<\/b>/);
  assert.match(html, /&lt;script&gt;.*expected 2, got 4/);
  assert.doesNotMatch(html, /<script|https?:/);
});

test("the total of a feedback page says which answers a person has yet to grade", async t => {
  const course = await graded(t);
  const [report] = await reportsOf(course, "sample");
  assert.ok(report);
  const answer = (id: string, points: number, untouched: boolean) => ({ id, points, untouched, answer: "" });
  await writeReport(course, { ...report, manual: [answer("q2", 2, false), answer("q3", 4, true)] });
  const [page = ""] = await writeFeedback(course, "sample");
  assert.match(readFileSync(page, "utf8"), /<b>0.5 of 9 points<\/b>, with q2 \(2 points\) not graded yet/);
});
