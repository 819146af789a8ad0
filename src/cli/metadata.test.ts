import assert from "node:assert/strict";
import test from "node:test";
import { notebookMetadata } from "../course/pair/notebook.ts";
import { languageInfo } from "../typescript/host/language_info.ts";

test("notebooks say of their language what the kernel says, so that opening one changes nothing in it", () => {
  assert.deepEqual(notebookMetadata.language_info, languageInfo);
});
