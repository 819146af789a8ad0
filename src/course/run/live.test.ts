import assert from "node:assert/strict";
import test from "node:test";
import type { Message } from "../../protocol/index.ts";
import { liveProgress } from "./live.ts";

const progress = (text: string, display_id: string | undefined = "bar") =>
  ({
    header: { msg_type: "update_display_data" },
    content: { data: { "text/plain": text }, transient: { display_id } },
  }) as unknown as Message;

function terminal(isTTY: boolean) {
  const clock = { now: 0 };
  const written: string[] = [];
  const live = liveProgress({ isTTY, columns: 40, write: text => written.push(text) }, () => clock.now);
  return { clock, written, live };
}

test("on a terminal progress is one line that moves ten times a second at most, and is gone when the cell is over", () => {
  const { clock, written, live } = terminal(true);
  live.take(progress("step 1"));
  for (let step = 2; step < 100; step++) {
    clock.now += 10;
    live.take(progress(`seeds: 1 of 3\n  step ${step}`));
  }
  live.end();
  assert.equal(written.length, 11, written.join());
  assert.equal(written[1], "\r\x1b[K    seeds: 1 of 3 | step 11");
  assert.equal(written.at(-1), "\r\x1b[K");
  live.end();
  assert.equal(written.length, 11, "nothing is left to take back");
});

test("a line that is too long for the terminal is cut, since one that wraps could not be taken back", () => {
  const { written, live } = terminal(true);
  live.take(progress("step 1 of 100 ".repeat(9)));
  assert.equal(written[0]?.replace("\r\x1b[K", "").length, 39);
});

test("in a log progress is a line every ten seconds, and none of a cell that is quick", () => {
  const { clock, written, live } = terminal(false);
  live.take(progress("step 1"));
  clock.now = 9_000;
  live.take(progress("step 2"));
  clock.now = 12_000;
  live.take(progress("step 3"));
  live.end();
  assert.deepEqual(written, ["    step 3\n"]);
});

test("what is shown once, without a name, is no progress", () => {
  const { written, live } = terminal(true);
  live.take({ header: { msg_type: "display_data" }, content: { data: { "text/plain": "7" } } } as unknown as Message);
  assert.deepEqual(written, []);
});
