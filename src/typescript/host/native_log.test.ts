import assert from "node:assert/strict";
import test from "node:test";
import { NativeLog } from "./native_log.ts";

const CHATTER = `WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
I0000 00:00:1795353834.551863   19437 port.cc:153] oneDNN custom operations are on.
2026-11-22 13:24:01.123456: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow binary is optimized.
To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow with the appropriate flags.
`;

function passed(env: NodeJS.ProcessEnv, ...pieces: string[]): string {
  const texts: string[] = [];
  const log = new NativeLog(text => texts.push(text), env);
  for (const piece of pieces) log.write(piece);
  log.flush();
  return texts.join("");
}

test("TensorFlow's own lines are kept away, also when a pipe delivers them in pieces", () => {
  assert.equal(passed({}, CHATTER), "");
  assert.equal(passed({}, CHATTER.slice(0, 90), CHATTER.slice(90)), "");
});

test("errors of TensorFlow and the stderr of a child process pass", () => {
  const error = "E0000 00:00:1795353834.5 1 op.cc:1] Out of memory\n";
  assert.equal(
    passed({}, `${CHATTER}${error}make: *** no rule\nno line end`),
    `${error}make: *** no rule\nno line end`,
  );
});

test("LATENT_NATIVE_LOG=1 shows everything", () => {
  assert.equal(passed({ LATENT_NATIVE_LOG: "1" }, CHATTER), CHATTER);
});

test("what ends no line is let through soon, and the rest of the line behind it", async t => {
  // The log itself keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  t.after(() => clearInterval(alive));
  const texts: string[] = [];
  let heard = () => {};
  const log = new NativeLog(text => {
    texts.push(text);
    heard();
  }, {});
  for (const text of ["Password: ", "\r 12%|#", "W", "42", "é"]) {
    const passing = new Promise<void>(resolve => {
      heard = resolve;
    });
    log.write(text);
    assert.equal(texts.at(-1) === text, false, "not before there was time for the rest");
    await passing;
    assert.equal(texts.at(-1), text);
  }
  log.write(`I0000 00:00:1795353834.551863 19437 port.cc:153] it goes on\n${CHATTER}`);
  assert.deepEqual(texts.slice(5), ["I0000 00:00:1795353834.551863 19437 port.cc:153] it goes on\n"]);
});

test("a line of TensorFlow's that comes in pieces far apart is kept away", async () => {
  for (let at = 20; at < CHATTER.length; at += 37) {
    const texts: string[] = [];
    const log = new NativeLog(text => texts.push(text), {});
    const start = CHATTER.slice(0, at);
    // Of a shorter beginning nobody can tell what it will be.
    if (/(?:^|\n)[^\n]{0,13}$/.test(start)) continue;
    log.write(start);
    await new Promise(resolve => setTimeout(resolve, 90));
    log.write(CHATTER.slice(at));
    log.flush();
    assert.deepEqual(texts, [], start.slice(-80));
  }
});
