import type { Absent, Peer } from "./peers/peer.ts";
import type { Results } from "./results.ts";
import type { Row } from "./rows.ts";
import { median, written } from "./statistics.ts";

/** A Markdown table: a row a measure, a column a kernel. Ratios refer to the first kernel. */
export function table(
  rows: readonly Row[],
  peers: readonly Peer[],
  absent: readonly Absent[],
  results: Results,
): string {
  const names = [...peers, ...absent].map(({ name }) => name);
  const head = `| | ${names.join(" | ")} | asked of us |\n| --- |${" --- |".repeat(names.length + 1)}\n`;
  const lines = rows.map(row => {
    const cells = names.map(name => cell(row, name, peers[0]?.name, results));
    return `| ${row.title}${row.unit && `, ${row.unit}`} | ${cells.join(" | ")} | ${asked(row)} |\n`;
  });
  return head + lines.join("");
}

/** The middle of all rounds, their range, and the ratio to the reference; or what happened instead. */
export function cell(row: Row, name: string, reference: string | undefined, results: Results): string {
  const numbers = results.numbers(row.id, name);
  const words = results.words(row.id, name).join(", ");
  if (numbers.length === 0) return words || "not run";
  const middle = median(numbers);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map(written);
  const range = least === most ? "" : ` (${least}-${most})`;
  const base = reference === undefined ? Number.NaN : median(results.numbers(row.id, reference));
  const ratio = row.plain || name === reference || !(base > 0) ? "" : `, x${written(middle / base)}`;
  return `${written(middle)}${range}${ratio}${words && `; ${words}`}`;
}

/** Rows in which our kernel does not reach what is asked, with what was measured. */
export function shortfalls(rows: readonly Row[], name: string, results: Results): { row: Row; measured: number }[] {
  return rows.flatMap(row => {
    const numbers = results.numbers(row.id, name);
    const measured = median(numbers);
    if (row.asked === undefined || numbers.length === 0) return [];
    const { limit, atLeast = false } = row.asked;
    return (atLeast ? measured >= limit : measured <= limit) ? [] : [{ row, measured }];
  });
}

function asked({ asked: goal }: Row): string {
  return goal === undefined ? "" : `${goal.atLeast ? "at least" : "at most"} ${goal.limit}`;
}
