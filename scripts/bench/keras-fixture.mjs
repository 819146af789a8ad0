import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bootstrap.mjs";
import { preparePeers, python } from "./environment.mjs";

/** Writes Keras' numbers again for the test of the optimizers. */
export function kerasFixture() {
  preparePeers();
  const { status, stdout, stderr } = spawnSync(python, [join(root, "scripts", "bench", "keras_optimizers.py")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(join(root, "src", "latent", "compile", "fixtures", "keras-optimizers.json"), stdout);
}
