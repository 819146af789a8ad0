import assert from "node:assert/strict";
import test from "node:test";
import { liveLine } from "./live-line.mjs";

/** A step that is watched on a terminal of 50 columns, or in a log, by a clock of the test's own. */
function watched(isTTY) {
  const clock = { ms: 0 };
  const seen = {
    text: "",
    isTTY,
    columns: 50,
    write(text) {
      this.text += text;
    },
  };
  return { clock, seen, line: liveLine("engine", seen, () => clock.ms) };
}

test("on a terminal a step is one line that moves, with a bar where the end is known", () => {
  const { clock, seen, line } = watched(true);
  line.advance("asking");
  clock.ms = 200;
  line.advance("50 of 100 MB", 0.5);
  assert.ok(seen.text.endsWith("\r\x1b[KLatent: engine … [##########----------] 50 of 10…"), seen.text);
  line.end("3.0 s");
  assert.ok(seen.text.endsWith("\r\x1b[KLatent: engine … 3.0 s\n"));
  assert.doesNotMatch(seen.text.slice(0, -1), /\n/);
});

test("a terminal is not written to more often than it can be read", () => {
  const { seen, line } = watched(true);
  for (let i = 0; i < 1000; i++) line.advance(`${i} MB`);
  assert.equal(seen.text.split("\r").length - 1, 1);
});

test("a terminal that says it has no columns is taken for one of 80", () => {
  const { clock, seen, line } = watched(true);
  seen.columns = 0;
  clock.ms = 200;
  line.advance("compiling");
  assert.ok(seen.text.endsWith("Latent: engine … compiling"), seen.text);
});

test("a log gets a line every ten seconds and the outcome, and no control characters", () => {
  const { clock, seen, line } = watched(false);
  for (clock.ms = 0; clock.ms < 25_000; clock.ms += 500) line.advance(`${clock.ms / 1000} MB`, 0.1);
  line.end("25.0 s");
  assert.equal(seen.text, "Latent: engine … \n  10 MB after 10 s … \n  20 MB after 20 s … 25.0 s\n");
});
