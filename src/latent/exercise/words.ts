import { escapeHtml } from "../display/escape.ts";
import type { ReadableBundle } from "../display/show.ts";
import type { Verdict } from "./judge.ts";

const marks: Record<Verdict["status"], string> = {
  right: "✓ right",
  wrong: "✗ wrong",
  "not tried yet": "… not tried yet",
};

/** One verdict, in a line. */
export function verdictBundle(name: string, verdict: Verdict): ReadableBundle {
  const said = [marks[verdict.status], name, details(verdict)].filter(part => part !== "");
  const [mark, ...rest] = said as [string, ...string[]];
  return {
    "text/html": `<p><b>${mark}</b> · ${rest.map(escapeHtml).join(" · ")}</p>`,
    "text/plain": said.join(" · "),
  };
}

/** All verdicts of a sheet, counted. */
export function sheetBundle(title: string, verdicts: ReadonlyMap<string, Verdict>): ReadableBundle {
  const count = (status: Verdict["status"]) =>
    [...verdicts.values()].filter(verdict => verdict.status === status).length;
  const counted = (["right", "wrong", "not tried yet"] as const).map(status => `${count(status)} ${status}`).join(", ");
  const rows = [...verdicts].map(([name, { status }]) => `${marks[status]} · ${name}`);
  const items = rows.map(row => `<li>${escapeHtml(row)}</li>`).join("");
  return {
    "text/html": `<p><b>${escapeHtml(title)}: ${counted}</b></p><ul>${items}</ul>`,
    "text/plain": [`${title}: ${counted}`, ...rows].join("\n"),
  };
}

function details(verdict: Verdict): string {
  if (verdict.status === "right") return `${verdict.trials} random questions answered`;
  return verdict.status === "wrong" ? verdict.reason : "";
}
