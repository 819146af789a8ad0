import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import test from "node:test";
import { toOffset, toPlace } from "./coordinates.ts";
import { wordAt } from "./document.ts";
import { plainText, readable } from "./markdown.ts";
import { Rpc } from "./rpc.ts";
import { signatureOf } from "./signature.ts";

test("a signature is what follows the name", () => {
  const cases: [name: string, detail: string, signature: string][] = [
    ["add", "function add(a: number, b?: number): number", "(a: number, b?: number): number"],
    [
      "filter",
      "(method) Array<number>.filter<S>(p: (v: number) => v is S): S[]\n(method) Array<number>.filter(p: any): any",
      "<S>(p: (v: number) => v is S): S[]",
    ],
    ["units", "(property) DenseLayerArgs.units: number", "number"],
    ["size", "(property) size?: number", "number"],
    ["a", "(alias) const a: string", "string"],
    ["Point", "class Point", ""],
    ["point", "let point: {\n    x: number;\n}", "{ x: number; }"],
    ["f", "const f: (a: number) => string", "(a: number) => string"],
    ["x", "", ""],
  ];
  for (const [name, detail, signature] of cases) assert.equal(signatureOf(name, detail), signature, detail);
});

test("offsets and places of the document are turned into each other", () => {
  const text = "\nlet 😀 = 1;\n\n  x";
  for (let offset = 0; offset <= text.length; offset++) assert.equal(toOffset(text, toPlace(text, offset)), offset);
  assert.deepEqual(toPlace(text, 0), { line: 1, character: 0 });
  assert.deepEqual(toPlace(text, text.length), { line: 4, character: 3 });
  assert.equal(toOffset(text, { line: 0, character: 50 }), 0);
});

test("the word at an offset may hold any letter", () => {
  assert.deepEqual(wordAt("a.größe + 1", 4), { start: 2, end: 7 });
  assert.deepEqual(wordAt("a.#hidden", 9), { start: 2, end: 9 });
  assert.deepEqual(wordAt("f()", 2), { start: 2, end: 2 });
});

test("markdown becomes plain text, and places on this machine become names", () => {
  assert.equal(
    plainText("```typescript\nfunction f(): void\n```\nDoes [it](http://x).\n\n*@param* `a` — b"),
    "function f(): void\nDoes it.\n\n@param `a` — b",
  );
  const mirror = { folder: "/tmp/m/own/home/me/notebook", base: "/tmp/m/own" };
  const cell = 'typeof import("/tmp/m/own/home/me/notebook/__cell_1__")';
  assert.equal(readable(cell, mirror), 'typeof import("./__cell_1__")');
  assert.equal(readable('import("/tmp/m/own/home/me/up")', mirror), 'import("/home/me/up")');
  assert.equal(readable('import("/home/me/node_modules/@a/b/index")', mirror), 'import("@a/b/index")');
});

test("messages are read whole however a pipe cuts them, and requests of the other side are answered", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const sent: string[] = [];
  output.on("data", piece => sent.push(String(piece)));
  const rpc = new Rpc(input, output, { question: params => ({ heard: params }) });
  const answer = rpc.request<string>("ask", {});
  const frame = (message: object) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
  };
  const bytes = Buffer.concat([
    frame({ method: "window/logMessage", params: "noise" }),
    frame({ id: "q1", method: "question", params: "😀" }),
    frame({ id: 1, result: "größer" }),
  ]);
  for (const byte of bytes) input.write(Buffer.from([byte]));
  assert.equal(await answer, "größer");
  assert.match(sent.at(-1) ?? "", /"id":"q1","result":\{"heard":"😀"\}/);
  const pending = rpc.request("ask", {});
  rpc.close(new Error("gone"));
  await assert.rejects(pending, /gone/);
  await assert.rejects(rpc.request("ask", {}), /gone/);
});
