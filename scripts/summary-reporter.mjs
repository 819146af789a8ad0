// The last lines of a test run: node's own counts, and why each skipped test was skipped.
import { relative } from "node:path";

// biome-ignore lint/style/noDefaultExport: node takes a reporter from the default export of its file
export default async function* summary(events) {
  const skipped = [];
  const counts = [];
  for await (const { type, data } of events) {
    // Files and suites are reported as tests too; only what a reader would call a test carries a reason to skip.
    if ((type === "test:pass" || type === "test:fail") && data.skip !== undefined) skipped.push(data);
    if (
      type === "test:diagnostic" &&
      data.nesting === 0 &&
      /^(tests|pass|fail|cancelled|skipped|todo) \d+$/.test(data.message)
    ) {
      counts.push(data.message);
    }
  }
  yield `\n${counts.map(line => `# ${line}`).join("\n")}\n`;
  for (const { name, skip, file } of skipped) {
    const reason = typeof skip === "string" && skip !== "" ? skip : "no reason given";
    yield `# skipped: ${name} (${relative(process.cwd(), file ?? "")}): ${reason}\n`;
  }
}
