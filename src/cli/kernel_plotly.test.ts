import assert from "node:assert/strict";
import test from "node:test";
import { startOurs } from "../testkit/index.ts";

test("plot.figure completes Plotly's options, and an option that Plotly does not have is said", async t => {
  const { client } = await startOurs(t);
  const first = await client.execute(`import { plot } from "latent"`);
  assert.equal(first.reply.status, "ok");
  const matches = async (code: string) => {
    const { content } = await client.ask("complete_request", { code, cursor_pos: code.length });
    return content.matches as string[];
  };
  const kinds = await matches(`plot.figure([{ type: "scatterg`);
  assert.ok(
    kinds.some(match => match.includes("scattergl")),
    `${kinds}`,
  );
  const options = await matches(`plot.figure([], { title: "" }, { showl`);
  assert.ok(
    options.some(match => match.includes("showlegend")),
    `${options}`,
  );
  const { outputs } = await client.execute(
    `// @strict\nplot.figure([{ type: "box", y: [1] }], { title: "" }, { showlegends: true }).summary`,
  );
  assert.match(JSON.stringify(outputs.map(({ content }) => content)), /showlegends/);
});
