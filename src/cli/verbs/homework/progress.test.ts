import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { progressBar } from "./progress.ts";

function seenIn(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { isTTY, columns: 60, write, text: () => written.join("") };
}

test("a log has a line for each tenth of a class, and nothing else while it goes on", () => {
  const out = seenIn(false);
  const bar = progressBar(out);
  for (let done = 0; done <= 40; done++) bar.show({ done, of: 40, at: ["ada"] });
  bar.end();
  assert.equal(out.text(), [4, 8, 12, 16, 20, 24, 28, 32, 36, 40].map(done => `${done} of 40\n`).join(""));
});

test("when it stays at one number it says at whom, on a terminal within the line", { timeout: 60_000 }, async () => {
  for (const isTTY of [false, true]) {
    const out = seenIn(isTTY);
    const bar = progressBar(out, 5);
    bar.show({ done: 1, of: 3, at: ["ada", "a-student-with-a-name-that-is-longer-than-the-line-of-this-terminal"] });
    while (!out.text().includes("1 of 3, still at ada, a-st")) await delay(5);
    bar.end();
    for (const line of out.text().split("\r"))
      assert.ok(!isTTY || line.replace("\x1b[K", "").trimEnd().length < 60, line);
  }
});
