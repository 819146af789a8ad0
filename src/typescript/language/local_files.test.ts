import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { LocalFiles } from "./local_files.ts";
import { FILE_CHANGE } from "./lsp.ts";
import type { Mirror } from "./mirror.ts";

function notebook(t: TestContext) {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "latent-test-")));
  t.after(() => rmSync(top, { recursive: true }));
  const folder = join(top, "notebook");
  mkdirSync(folder);
  const covered: string[] = [];
  const mirrored = (path: string) => join(top, "mirror", path);
  const mirror = { mirrored, cover: (path: string) => covered.push(path) } as unknown as Mirror;
  const files = new LocalFiles(folder, () => mirror);
  let saved = 0;
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), new Date(), new Date(Date.now() + ++saved * 5000));
  };
  /** The changes of the files themselves; each has a copy with the same change. */
  const changes = () => {
    const found = files.changes();
    const own = found.filter(({ path }) => path.startsWith(folder));
    assert.deepEqual(
      found.filter(({ path }) => !path.startsWith(folder)),
      own.map(({ path, type }) => ({ path: mirrored(path), type })),
    );
    return own.map(({ path, type }) => [path.slice(folder.length + 1), type]);
  };
  const copy = (name: string) => mirrored(join(folder, name));
  return { files, save, changes, copy, folder, covered };
}

test("files are looked at where a cell imports them, whatever else lies beside the notebook", t => {
  const { files, save, changes, copy, covered, folder } = notebook(t);
  for (const name of ["other.ts", "data.json", "a.ts"]) save(name, "export const x = 1");
  save("a.ts", "export * from './b'");
  assert.deepEqual(changes(), []);
  files.follow(["./a", "./nowhere"]);
  assert.deepEqual(changes(), [["a.ts", FILE_CHANGE.made]]);
  save("other.ts", "export const x = 2");
  save("new.ts", "");
  assert.deepEqual(changes(), []);
  save("b.ts", "export const b = 1");
  assert.deepEqual(changes(), [["b.ts", FILE_CHANGE.made]]);
  save("b.ts", "export const b = 2");
  assert.deepEqual(changes(), [["b.ts", FILE_CHANGE.changed]]);
  assert.equal(readFileSync(copy("b.ts"), "utf8"), "export const b = 2");
  rmSync(join(folder, "b.ts"));
  assert.deepEqual(changes(), [["b.ts", FILE_CHANGE.removed]]);
  assert.ok(!existsSync(copy("b.ts")));
  assert.ok(covered.includes(folder));
});

test("a file that two files import in a circle is looked at once, and its declarations come along", t => {
  const { files, save, changes } = notebook(t);
  save("a.js", "import './b.js'");
  save("b.js", "import './a.js'; import './a'");
  save("a.d.ts", "export {}");
  files.follow(["./a.js"]);
  assert.deepEqual(changes().sort(), [
    ["a.d.ts", FILE_CHANGE.made],
    ["a.js", FILE_CHANGE.made],
    ["b.js", FILE_CHANGE.made],
  ]);
  assert.deepEqual(changes(), []);
});

test("a link is a link in the mirror as well, to a copy of the file that it leads to and of what that imports", t => {
  const { files, save, changes, copy, folder } = notebook(t);
  mkdirSync(join(folder, "real"));
  save("real/m.ts", "export * from './n.ts'");
  save("real/n.ts", "export const n = 1");
  symlinkSync("real/m.ts", join(folder, "m.ts"));
  files.follow(["./m.ts"]);
  const all = ["m.ts", "real/m.ts", "real/n.ts"];
  assert.deepEqual(
    changes(),
    all.map(name => [name, FILE_CHANGE.made]),
  );
  assert.equal(realpathSync(copy("m.ts")), copy("real/m.ts"));
  save("real/n.ts", "export const n = 2");
  assert.deepEqual(changes(), [["real/n.ts", FILE_CHANGE.changed]]);
  assert.equal(readFileSync(copy("real/n.ts"), "utf8"), "export const n = 2");
  rmSync(join(folder, "m.ts"));
  save("m.ts", "export const own = 1");
  assert.deepEqual(changes()[0], ["m.ts", FILE_CHANGE.changed]);
  assert.equal(readFileSync(join(folder, "real/m.ts"), "utf8"), "export * from './n.ts'");
});

test("a file of a package that is imported by its path stays as it is", t => {
  const { files, save, copy, folder } = notebook(t);
  mkdirSync(join(folder, "node_modules"));
  save("node_modules/script.js", "run()");
  mkdirSync(join(copy("node_modules"), ".."), { recursive: true });
  symlinkSync(join(folder, "node_modules"), copy("node_modules"));
  files.follow(["./node_modules/script.js"]);
  files.changes();
  assert.equal(readFileSync(join(folder, "node_modules/script.js"), "utf8"), "run()");
});
