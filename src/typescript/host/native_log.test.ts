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
