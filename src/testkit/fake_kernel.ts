/**
 * A kernel that fails in one way: `node fake_kernel.js <connection file> <fault>`. A cell prints its own text.
 * FAKE_CHILD names the seconds of a `sleep` that it starts and does not end.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import zmq from "zeromq";
import { address, createMessage, decode, encode, type Message, parseConnection } from "../protocol/index.ts";
import type { Fault } from "./fakes.ts";

const [, , file = "", fault = "none"] = process.argv as [string, string, string, Fault];
const connection = parseConnection(readFileSync(file, "utf8"));
const sender = { session: randomUUID(), username: "fake", newId: randomUUID };
const sockets = {
  shell: new zmq.Router({ linger: 0 }),
  control: new zmq.Router({ linger: 0 }),
  stdin: new zmq.Router({ linger: 0 }),
  iopub: new zmq.Publisher({ linger: 0 }),
  hb: new zmq.Reply({ linger: 0 }),
};
const state = { cells: 0 };

/** What happens at a stage of a kernel's life where the fault is there. */
const AT: Partial<Record<Fault, Partial<Record<"start" | "info" | "cell" | "replied", () => unknown>>>> = {
  "does not start": { start: () => fail("Cannot find module 'zeromq'") },
  mute: { start: () => new Promise(() => setInterval(() => {}, 1000)) },
  "dies when asked": { info: () => process.exit(4) },
  "dies in a cell": { cell: () => process.kill(process.pid, "SIGKILL") },
  "dies in its second cell": { cell: () => state.cells === 1 && process.exit(6) },
  "dies behind its reply": { replied: () => process.exit(5) },
  "stops in a cell": { cell: () => process.kill(process.pid, "SIGSTOP") },
};

function fail(text: string): never {
  process.stderr.write(`Error: ${text}\n`);
  process.exit(3);
}

async function stage(name: "start" | "info" | "cell" | "replied"): Promise<void> {
  await AT[fault]?.[name]?.();
}

async function publish(type: string, content: object, parent: Message): Promise<void> {
  if (fault === "publishes nothing") return;
  const message = createMessage(sender, type, content, parent.header);
  await sockets.iopub.send(encode(connection.key, { identities: [Buffer.from(type)], message }));
}

async function answer(channel: "shell" | "control"): Promise<void> {
  for await (const frames of sockets[channel]) {
    const { identities, message } = decode(connection.key, frames);
    if (fault === "sends garbage") await sendGarbage(channel, identities);
    await publish("status", { execution_state: "busy" }, message);
    const isCell = message.header.msg_type === "execute_request";
    await stage(isCell ? "cell" : "info");
    if (isCell) {
      state.cells++;
      await publish("stream", { name: "stdout", text: message.content.code }, message);
    }
    const content = { status: "ok", execution_count: state.cells, user_expressions: {} };
    const reply = createMessage(sender, message.header.msg_type.replace("request", "reply"), content, message.header);
    const isLost = isCell && (fault === "loses replies" || (fault === "loses a reply" && state.cells === 4));
    if (!isLost) await sockets[channel].send(encode(connection.key, { identities, message: reply }));
    if (isCell) await stage("replied");
    if (isCell && fault === "loses idle") continue;
    await publish("status", { execution_state: "idle" }, message);
  }
}

async function sendGarbage(channel: "shell" | "control", identities: readonly Uint8Array[]): Promise<void> {
  for (const frames of [
    ["nonsense"],
    ["<IDS|MSG>", "", "{}"],
    ["<IDS|MSG>", "0".repeat(64), "{", "{", "{", "{"],
    [""],
  ]) {
    await sockets[channel].send([...identities, ...frames]);
    await sockets.iopub.send(frames);
  }
}

async function beat(): Promise<void> {
  for await (const frames of sockets.hb) await sockets.hb.send(frames);
}

process.on("SIGTERM", () => {
  if (fault !== "mute") process.exit(0);
});
if (process.env.FAKE_CHILD) spawn("sleep", [process.env.FAKE_CHILD], { stdio: "ignore" });
await stage("start");
for (const [name, socket] of Object.entries(sockets))
  await socket.bind(address(connection, name as keyof typeof sockets));
await Promise.all([answer("shell"), answer("control"), beat()]);
