import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Message } from "../protocol/index.ts";
import { emptyFolder, resultText, startOurs } from "../testkit/index.ts";

test("a comm that is opened while no process is there for it is closed at once and not listed, and the next cell runs", async t => {
  const folder = emptyFolder(t);
  const flag = join(folder, "no-process");
  const preload = join(folder, "preload.cjs");
  writeFileSync(
    preload,
    `if (/execution.main\\.js$/.test(process.argv[1] ?? "") && require("node:fs").existsSync(${JSON.stringify(flag)})) process.exit(7);`,
  );
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off", NODE_OPTIONS: `--require ${preload}` } });
  assert.equal(resultText(await client.execute("1 + 1")), "2");
  writeFileSync(flag, "");
  await client.execute("process.exit(0)", { stop_on_error: false });
  // The process for this one ends before it comes up, and no other is started before the next cell.
  const { reply } = await client.execute("'never'", { stop_on_error: false });
  assert.equal(reply.status === "error" && reply.ename, "ProcessExited");
  for (const comm_id of ["one", "two"]) {
    const published: Message[] = [];
    let close: () => void = () => {};
    const isIdle = new Promise<void>(resolve => {
      close = resolve;
    });
    client.send("comm_open", { comm_id, target_name: "line", data: {} }, "shell", message => {
      published.push(message);
      if (message.content.execution_state === "idle") close();
    });
    await isIdle;
    const closed = published.filter(({ header }) => header.msg_type === "comm_close");
    assert.deepEqual(
      closed.map(({ content }) => content.comm_id),
      [comm_id],
    );
    const { content } = await client.ask("comm_info_request", { target_name: null });
    assert.deepEqual(content.comms, {});
  }
  rmSync(flag);
  assert.equal(resultText(await client.execute("'again'")), "'again'");
});
