import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { copyLessons } from "./copies.ts";

const LESSON = "lectures/04-topic.ipynb";

function course(t: TestContext) {
  const folder = emptyFolder(t);
  const places = { course: join(folder, "notebooks"), work: join(folder, "work") };
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  put(join(places.course, "index.ipynb"), "index 1");
  put(join(places.course, LESSON), "lesson 1");
  return {
    update: (text: string) => put(join(places.course, LESSON), text),
    save: (text: string, name = LESSON) => put(join(places.work, name), text),
    remove: () => rmSync(join(places.work, LESSON)),
    copy: () => copyLessons(places.course, places.work),
    text: (name = LESSON) => readFileSync(join(places.work, name), "utf8"),
    lessons: () => readdirSync(join(places.work, "lectures")),
  };
}

test("the first time every notebook is copied, the second time nothing is to do", async t => {
  const { copy, text } = course(t);
  assert.deepEqual(
    (await copy()).map(({ name, outcome }) => [name, outcome]),
    [
      ["index.ipynb", "new"],
      [LESSON, "new"],
    ],
  );
  assert.equal(text(), "lesson 1");
  assert.deepEqual(await copy(), []);
});

test("an update renews a copy that nobody changed", async t => {
  const { update, copy, text } = course(t);
  await copy();
  update("lesson 2");
  assert.deepEqual(await copy(), [{ name: LESSON, outcome: "renewed", at: LESSON }]);
  assert.equal(text(), "lesson 2");
  assert.deepEqual(await copy(), []);
});

test("a copy that JupyterLab only opened and saved counts as unchanged, one that was run as changed", async t => {
  const { save, update, copy } = course(t);
  const notebook = (source: string, outputs: string[] = [], metadata = {}) =>
    JSON.stringify({ cells: [{ cell_type: "code", source: [source], outputs }], metadata, nbformat: 4 });
  update(notebook("1"));
  await copy();
  save(notebook("1", [], { language_info: { version: "8" } }));
  update(notebook("2"));
  assert.equal((await copy())[0]?.outcome, "renewed");
  save(notebook("2", ["a figure"]));
  update(notebook("3"));
  assert.equal((await copy())[0]?.outcome, "beside");
});

test("a copy that was changed stays as it is, with and without an update", async t => {
  const { save, update, copy, text, lessons } = course(t);
  await copy();
  save("my work");
  assert.deepEqual(await copy(), []);
  update("lesson 2");
  assert.deepEqual(await copy(), [{ name: LESSON, outcome: "beside", at: "lectures/04-topic.new.ipynb" }]);
  assert.equal(text(), "my work");
  assert.equal(text("lectures/04-topic.new.ipynb"), "lesson 2");
  assert.deepEqual(await copy(), []);
  assert.equal(lessons().length, 2);
});

test("work on the newer version is not written over by the next one either", async t => {
  const { save, update, copy, text } = course(t);
  await copy();
  save("my work");
  update("lesson 2");
  await copy();
  save("my work on 2", "lectures/04-topic.new.ipynb");
  update("lesson 3");
  assert.equal((await copy())[0]?.at, "lectures/04-topic.new-2.ipynb");
  assert.equal(text("lectures/04-topic.new.ipynb"), "my work on 2");
});

test("a notebook that lies there already, from whomever, counts as changed", async t => {
  const { save, copy, text } = course(t);
  save("from elsewhere");
  const [, lesson] = await copy();
  assert.equal(lesson?.outcome, "beside");
  assert.equal(text(), "from elsewhere");
});

test("a deleted copy comes back as the course has it", async t => {
  const { save, remove, copy, text } = course(t);
  await copy();
  save("my work");
  remove();
  assert.deepEqual(await copy(), [{ name: LESSON, outcome: "new", at: LESSON }]);
  assert.equal(text(), "lesson 1");
});

test("an update that is taken back renews an untouched copy once more", async t => {
  const { update, copy, text } = course(t);
  await copy();
  update("lesson 2");
  await copy();
  update("lesson 1");
  assert.equal((await copy())[0]?.outcome, "renewed");
  assert.equal(text(), "lesson 1");
});

test("a spoiled record of the copies is named with what to do, and no copy is written", async t => {
  const { save, update, copy, text } = course(t);
  await copy();
  save("{", ".copies.json");
  update("lesson 2");
  await assert.rejects(copy(), /\.copies\.json cannot be read: delete it/);
  assert.equal(text(), "lesson 1");
});
