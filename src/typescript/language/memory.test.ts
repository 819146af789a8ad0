import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { findServer } from "./binary.ts";
import { createMirror } from "./mirror.ts";
import { SCRATCH } from "./scope.ts";
import { Server } from "./server.ts";
import { Servers } from "./servers.ts";

const QUIET_MS = 1500;

test("TypeScript's server can be asked to free what it does not hold", async t => {
  const { mirror, executable } = setUp(t);
  const server = new Server(executable, mirror.folder);
  t.after(() => server.stop());
  assert.equal(await server.collect(), true);
});

test("once it is quiet after many questions, the server is asked to free what it does not hold, once", async t => {
  const { mirror, executable } = setUp(t);
  const collect = t.mock.method(Server.prototype, "collect");
  const servers = new Servers(
    executable,
    () => mirror,
    () => {},
  );
  t.after(() => servers.stop());
  const ask = async (times: number) => {
    for (let n = 0; n < times; n++) await servers.ask(0, async () => n);
    assert.equal(collect.mock.callCount(), 0, "not while it is busy");
    await pause(QUIET_MS);
    return collect.mock.callCount();
  };
  assert.equal(await ask(5), 0, "not for a few");
  assert.equal(await ask(40), 1);
  collect.mock.resetCalls();
  assert.equal(await ask(5), 0, "not again for a few");
});

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  const mirror = createMirror(folder, { entry: SCRATCH });
  t.after(() => {
    mirror.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const executable = findServer();
  assert.ok(executable !== undefined);
  return { mirror, executable };
}
