import assert from "node:assert/strict";
import test from "node:test";
import { createMessage, decode, encode, parseConnection, WireError } from "./index.ts";

const sender = { session: "s", username: "u", newId: () => "id-1" };
const routed = () => ({
  identities: [Buffer.from("client")],
  message: createMessage(sender, "execute_request", { code: "π 😀" }, undefined, { a: 1 }, [Buffer.from([0, 255])]),
});

test("a message survives the wire with its identities, text and buffers", () => {
  const { identities, message } = decode("key", encode("key", routed()));
  assert.equal(Buffer.from(identities[0] ?? []).toString(), "client");
  assert.deepEqual(message.content, { code: "π 😀" });
  assert.deepEqual(message.metadata, { a: 1 });
  assert.deepEqual([...(message.buffers[0] ?? [])], [0, 255]);
  assert.equal(message.header.version, "5.5");
});

test("a message signed with another key is refused", () => {
  assert.throws(() => decode("key", encode("other", routed())), /signature/);
});

test("a changed byte in the content is refused although it is valid JSON", () => {
  const frames = encode("key", routed());
  frames[6] = Buffer.from('{"code":"evil"}');
  assert.throws(() => decode("key", frames), /signature/);
});

test("a wrong signature is reported before the JSON is looked at", () => {
  const frames = encode("key", routed());
  frames[3] = Buffer.from("{not json");
  assert.throws(() => decode("key", frames), /signature/);
});

test("an empty key means that nothing is signed", () => {
  const frames = encode("", routed());
  assert.equal(Buffer.from(frames[2] ?? []).length, 0);
  assert.equal(decode("", frames).message.header.msg_type, "execute_request");
});

test("truncated, undelimited and non-object frames are refused by name", () => {
  const frames = encode("", routed());
  assert.throws(() => decode("", frames.slice(0, 5)), /fewer than four/);
  assert.throws(() => decode("", [Buffer.from("x")]), /delimiter/);
  const list = [...frames];
  list[6] = Buffer.from("[1]");
  assert.throws(() => decode("", list), /not a JSON object/);
  list[6] = Buffer.from("{");
  assert.throws(() => decode("", list), WireError);
});

test("a connection file without a port is refused with the port's name", () => {
  assert.throws(() => parseConnection('{"transport":"tcp","ip":"127.0.0.1"}'), /shell_port/);
});
