import assert from "node:assert/strict";
import { test } from "node:test";
import { notes } from "./notes.mjs";

const titles = { lstm: "LSTM", pca: "PCA" };
const row = (engine, label, wall, cpu) => ({ engine, row: engine === "ours" ? "compiled" : label, label, wall, cpu });
const page = (family, ...results) => notes({ [family]: { results } }, titles);

test("a family that leads has its ratios and no excuse", () => {
  const text = page(
    "lstm",
    row("ours", "Latent", 10, 15),
    row("keras", "jit", 20, 20),
    row("torch", "compile", 15, 30),
  );
  assert.match(text, /- \*\*LSTM\*\*: 1\.50 \(compile\), processor time 1\.33 \(jit\)\.\n/);
  assert.doesNotMatch(text, /faster than we|that we want/);
});

test("a family that is slower than a peer says so, with the cause, whatever the others do", () => {
  const text = page("lstm", row("ours", "Latent", 10, 15), row("keras", "jit", 20, 20), row("torch", "compile", 8, 30));
  assert.match(text, /0\.80 \(compile\), processor time 1\.33 \(jit\) – faster than we are: the two LSTMs/);
});

test("a family that leads by less than is wanted says by how much it should", () => {
  const text = page("lstm", row("ours", "Latent", 10, 15), row("keras", "jit", 12, 20));
  assert.match(text, /1\.20 \(jit\).* – less than the 1\.3 that we want: /);
});

test("a row that was not run is no peer, and a family without peers has no sentence", () => {
  const missing = { engine: "torch", row: "torch eager", label: "PyTorch", error: "no network" };
  assert.doesNotMatch(page("lstm", row("ours", "Latent", 10, 15), missing), /LSTM/);
  assert.match(
    page("pca", row("ours", "Latent", 10, 15), missing, row("sklearn", "scikit-learn", 11, 15)),
    /PCA\*\*: 1\.10/,
  );
});

test("a first step that comes later than eager's tenth is named with both times, and no other one", () => {
  const eager = { engine: "ours", row: "eager", label: "eager", wall: 20, cpu: 20, seconds: 0.1 };
  const compiled = seconds => ({ ...row("ours", "Latent", 10, 15), seconds });
  const late = page("lstm", compiled(0.3), eager, row("keras", "jit", 20, 20));
  assert.match(late, /which it should not be:\n\n- \*\*LSTM\*\*: 0\.30 s, and eager's tenth after 0\.28 s\.\n/);
  const early = page("lstm", compiled(0.28), eager, row("keras", "jit", 20, 20));
  assert.match(early, /before eager's tenth, in every family that has both/);
});
