import assert from "node:assert/strict";
import test from "node:test";
import { OURS, ours } from "../peers/ours.ts";
import { Results } from "../results.ts";
import { cells } from "./cells.ts";
import { withSession } from "./measure.ts";
import { RawOutput } from "./raw_output.ts";

const peer = { name: OURS, ...(await ours.prepare("")) };

test("a measure of our kernel gives both rows for each round, in milliseconds", async () => {
  const results = new Results();
  await cells([peer], results, { rounds: 2, cells: 3, growth: 0 });
  for (const row of ["one.p50", "one.p95", "typed.p50", "typed.p95"]) {
    const taken = results.numbers(row, OURS);
    assert.equal(taken.length, 2, row);
    assert.ok(
      taken.every(ms => ms > 0 && ms < 10_000),
      `${row}: ${taken}`,
    );
  }
});

test("a flood is received whole, and its idle last", async () => {
  await withSession(peer, async session => {
    session.client.close();
    const raw = new RawOutput(session.client.connection);
    await new Promise(resolve => setTimeout(resolve, 300));
    const { text, idle } = await raw.receive("for (let i = 0; i < 2000; i++) console.log(i)", 8890);
    raw.close();
    assert.equal(text.join(""), Array.from({ length: 2000 }, (_, n) => `${n}\n`).join(""));
    assert.equal(idle, "last");
  });
});

test("processes are told apart by what they do: none of ours counts as unknown", async () => {
  await withSession(peer, async session => {
    const commands = session.processes().map(({ command }) => command);
    assert.ok(
      commands.some(command => /execution\/main\.js/.test(command)),
      commands.join("\n"),
    );
  });
});
