import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml } from "./escape.ts";

test("what HTML would read is written so that it is shown; an ampersand once", () => {
  assert.equal(escapeHtml(`<b title="a & b">&lt;</b>`), "&lt;b title=&quot;a &amp; b&quot;&gt;&amp;lt;&lt;/b&gt;");
});
