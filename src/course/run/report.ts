import type { Json } from "../../protocol/index.ts";
import type { CellReport } from "./execute.ts";
import type { Output } from "./outputs.ts";

const LONGEST = 12;

/** One line a cell, and below it what the cell said in text. */
export function reportLines({ number, of, source, seconds, failed, outputs }: CellReport): string[] {
  const first = source.split("\n").find(line => line.trim() !== "" && !line.trim().startsWith("//")) ?? "";
  const mark = failed ? "FAILED" : "ok";
  const head = `  cell ${String(number).padStart(String(of).length)}/${of}  ${seconds.toFixed(1).padStart(5)} s  ${mark}  ${first.trim()}`;
  return [head.slice(0, 110), ...outputs.flatMap(textOf).map(line => `      ${line}`)];
}

function textOf(output: Output): string[] {
  if (output.output_type === "error") return (output.traceback as string[]).flatMap(line => line.split("\n"));
  const lines = output.output_type === "stream" ? (output.text as string[]) : plainText(output.data as Json);
  const shown = lines.map(line => line.replace(/\n$/, ""));
  return shown.length > LONGEST ? [...shown.slice(0, LONGEST), `... ${shown.length - LONGEST} more lines`] : shown;
}

function plainText(data: Json): string[] {
  return (data["text/plain"] as string[] | undefined) ?? [];
}
