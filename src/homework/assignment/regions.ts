/** The delimiters are nbgrader's own: a line that holds one, whatever the comment sign in front of it. */
const SOLUTION = ["BEGIN SOLUTION", "END SOLUTION"] as const;
const HIDDEN = ["BEGIN HIDDEN TESTS", "END HIDDEN TESTS"] as const;

/** What stands in the student's copy where a solution was; nbgrader's configuration of the course says the same. */
export const CODE_STUB = '// YOUR CODE HERE\nthrow new Error("Not implemented yet.");';
export const TEXT_STUB = "*Your answer here.*";

/**
 * A source with its solutions replaced by a stub, at the indent of the first delimiter.
 *
 * @throws SyntaxError when a delimiter has no partner
 */
export function withoutSolutions(source: string, stub: string): string {
  return withoutRegions(source, SOLUTION, indent => stub.split("\n").map(line => indent + line));
}

/** @throws SyntaxError when a delimiter has no partner */
export function withoutHiddenTests(source: string): string {
  return withoutRegions(source, HIDDEN, () => []).replace(/\n{3,}/g, "\n\n");
}

export function hasSolution(source: string): boolean {
  return source.includes(SOLUTION[0]);
}

function withoutRegions(
  source: string,
  [begin, end]: readonly [string, string],
  inPlace: (indent: string) => string[],
): string {
  const kept: string[] = [];
  let inside = false;
  for (const line of source.split("\n")) {
    const [begins, ends] = [line.includes(begin), line.includes(end)];
    if (begins === inside && (begins || ends)) throw new SyntaxError(`"${begins ? begin : end}" has no partner.`);
    if (begins) kept.push(...inPlace(/^\s*/.exec(line)?.[0] ?? ""));
    else if (!inside && !ends) kept.push(line);
    else if (!inside && ends) throw new SyntaxError(`"${end}" has no partner.`);
    if (begins || ends) inside = begins;
  }
  if (inside) throw new SyntaxError(`"${begin}" has no partner.`);
  return kept.join("\n");
}
