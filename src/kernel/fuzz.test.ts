import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import fc from "fast-check";
import { Client, freeConnection } from "../client/index.ts";
import { EchoInterpreter } from "../interpreter/index.ts";
import { createMessage, decode, encode, WireError } from "../protocol/index.ts";
import { resultText } from "../testkit/index.ts";
import { startKernel } from "./index.ts";

const sender = { session: "s", username: "u", newId: () => "id" };

async function echo(t: TestContext) {
  const connection = await freeConnection();
  const { kernel } = await startKernel(connection, new EchoInterpreter());
  const client = new Client(connection);
  t.mock.method(console, "error", () => {});
  t.after(async () => {
    client.close();
    await kernel.leave();
  });
  await client.connect();
  return client;
}

test("any content, identity and buffer survives the wire", () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
  const content = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(bytes), fc.string(), content, fc.array(bytes), (ids, key, content, buffers) => {
      // An identity that is the delimiter itself cannot be told from it: routers never choose it.
      const identities = ids.filter(id => !Buffer.from(id).equals(Buffer.from("<IDS|MSG>")));
      const message = createMessage(sender, "any_request", content, undefined, {}, buffers);
      const read = decode(key, encode(key, { identities, message }));
      assert.deepEqual(read.message.content, JSON.parse(JSON.stringify(content)));
      assert.deepEqual(
        read.identities.map(id => [...id]),
        identities.map(id => [...id]),
      );
      assert.deepEqual(
        read.message.buffers.map(buffer => [...buffer]),
        buffers.map(buffer => [...buffer]),
      );
    }),
  );
});

test("whatever frames arrive, decoding gives a message or a WireError", () => {
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constant(Buffer.from("<IDS|MSG>")),
    fc.json().map(Buffer.from),
  );
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 9 }), frames => {
      try {
        assert.equal(typeof decode("", frames).message.header.msg_type, "string");
      } catch (error) {
        assert.ok(error instanceof WireError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test("a single flipped bit anywhere in the signed frames is refused", () => {
  const frames = encode("key", {
    identities: [],
    message: createMessage(sender, "execute_request", { code: "1 + 1" }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(), fc.integer({ min: 0, max: 7 }), (index, at, bit) => {
      const changed = frames.map(each => Buffer.from(each));
      const frame = changed[index] as Buffer;
      frame[at % frame.length] = (frame[at % frame.length] ?? 0) ^ (1 << bit);
      assert.throws(() => decode("key", changed), /signature/);
    }),
  );
});

test("a kernel that is sent broken frames and contents of the wrong shape answers the next cell", async t => {
  const client = await echo(t);
  const requests = ["execute", "complete", "inspect", "history", "comm_info", "is_complete", "usage", "connect"];
  const types = [
    ...requests.map(name => `${name}_request`),
    "comm_open",
    "comm_msg",
    "comm_close",
    "nothing",
    "__proto__",
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...types),
      fc.oneof(
        fc.dictionary(fc.constantFrom("code", "cursor_pos", "n", "pattern", "comm_id", "data"), fc.jsonValue()),
        fc.object(),
      ),
      fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 7 }),
      async (msg_type, content, frames) => {
        client.sendRaw("shell", frames);
        client.send(msg_type, content);
        client.send(msg_type, content, "control");
        assert.equal(resultText(await client.execute("alive", { stop_on_error: false })), "> alive");
      },
    ),
    { numRuns: 150 },
  );
});
