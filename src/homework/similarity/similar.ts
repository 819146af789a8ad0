import { fingerprints } from "./fingerprint.ts";

/** Two submissions that look like one. */
export interface SimilarPair {
  students: readonly [string, string];
  /** Share of the rare prints that both have, of those of the one that has more. */
  share: number;
  /** How many prints that is. */
  prints: number;
}

export interface SimilarOptions {
  /** Share from which a pair is named. */
  threshold?: number;
  /** What all students got: its prints are nobody's. */
  handedOut?: readonly string[];
}

/** Prints that more of the class have than this share are what the task asks for, and say nothing. */
const COMMON = 0.1;
/** In a small class a print of three is common as well. */
const FEWEST_COMMON = 3;
/** Fewer rare prints than these are no evidence. */
const FEWEST_PRINTS = 8;
/**
 * Disguised copies share all their rare prints. Of 16,000 pairs of students who had put their answers together by chance from
 * the same 16 of each question none shared more than 0.81.
 */
export const THRESHOLD = 0.9;

/**
 * Pairs of submissions whose code has the same form, most similar first. Names, layout, comments and the order of statements
 * do not count; what many wrote does not either.
 *
 * @param submissions the code of each student's answers
 */
export function similarPairs(
  submissions: ReadonlyMap<string, readonly string[]>,
  { threshold = THRESHOLD, handedOut = [] }: SimilarOptions = {},
): SimilarPair[] {
  const given = printsOf(handedOut);
  const all = new Map([...submissions].map(([student, sources]) => [student, printsOf(sources)] as const));
  const counts = new Map<number, number>();
  for (const prints of all.values()) for (const print of prints) counts.set(print, (counts.get(print) ?? 0) + 1);
  const most = Math.max(FEWEST_COMMON, COMMON * all.size);
  const rare = [...all].map(
    ([student, prints]) =>
      [student, new Set([...prints].filter(print => !given.has(print) && (counts.get(print) ?? 0) <= most))] as const,
  );
  const pairs = rare.flatMap(([a, own], i) => rare.slice(i + 1).map(([b, other]) => compare(a, own, b, other)));
  return pairs
    .filter(({ share, prints }) => share >= threshold && prints >= FEWEST_PRINTS)
    .sort((a, b) => b.share - a.share);
}

function printsOf(sources: readonly string[]): Set<number> {
  return new Set(sources.flatMap(source => [...fingerprints(source)]));
}

function compare(a: string, own: ReadonlySet<number>, b: string, other: ReadonlySet<number>): SimilarPair {
  const shared = [...own].filter(print => other.has(print)).length;
  // Of the larger set: a short answer that is part of a long one is no copy of it.
  const of = Math.max(own.size, other.size);
  return { students: [a, b], share: of === 0 ? 0 : shared / of, prints: shared };
}
