import assert from "node:assert/strict";
import { createServer } from "node:net";
import test from "node:test";
import { freePorts } from "./free_ports.ts";

test("free ports differ, are free, and are none that the system gives to a caller", async () => {
  const ports = await freePorts(50);
  assert.equal(new Set(ports).size, 50);
  for (const port of ports) {
    assert.ok(port >= 10_000 && port < 32_768, String(port));
    const server = createServer().listen(port, "127.0.0.1");
    await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
    await new Promise(resolve => server.close(resolve));
  }
});
