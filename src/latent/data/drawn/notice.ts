import { escapeHtml } from "../../display/escape.ts";
import { show } from "../../display/show.ts";
import type { DataAbsent } from "../errors.ts";

/** Says in the cell that drawn digits stand in for `title`, and why. */
export function noticeOf(reason: DataAbsent, title: string): void {
  const words =
    `${title} could not be had, so these are drawn digits: made by the library, not written by people. ` +
    "Figures differ from the paper's; checks use what the data themselves imply.";
  show({
    "text/plain": `${words}\n${reason.message}`,
    "text/html":
      `<div style="border-left: 4px solid #c77700; padding: 4px 10px"><b>Drawn digits.</b> ${words}` +
      `<details><summary>What was tried, and how to get ${title}</summary><pre>${escapeHtml(reason.message)}</pre></details></div>`,
  });
}
